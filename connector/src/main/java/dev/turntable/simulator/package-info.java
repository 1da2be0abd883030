/**
 * A local, faithful server of the services that Turntable reads: the demo and the tests run on it,
 * over real HTTP on the loopback interface.
 *
 * <p>Keeps state instead of canned answers, makes its data from a seed, writes down every request,
 * and misbehaves on demand. Entry point: {@link dev.turntable.simulator.Simulator}. Each service has
 * a room of its own on a server that knows none. Uses nothing else of Turntable.
 */
@NullMarked
package dev.turntable.simulator;

import org.jspecify.annotations.NullMarked;
