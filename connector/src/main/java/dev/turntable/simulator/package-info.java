/**
 * A local, faithful server of the services that Turntable reads: the demo and the tests run on it,
 * over real HTTP on the loopback interface.
 *
 * <p>Keeps state instead of canned answers, makes its data from a seed, writes down every request,
 * and misbehaves on demand. Entry point: {@link dev.turntable.simulator.Simulator}. The skeleton
 * (server, log, faults, JSON) knows no service; a service is one {@link
 * dev.turntable.simulator.SimulatedService}, its files start with its name. Uses nothing else of
 * Turntable.
 */
@NullMarked
package dev.turntable.simulator;

import org.jspecify.annotations.NullMarked;
