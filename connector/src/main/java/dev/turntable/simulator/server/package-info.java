/**
 * What all simulated services share: the server, its log, its faults, JSON and repeatable chance.
 * Knows no service; a service is one {@link dev.turntable.simulator.server.SimulatedService}.
 */
@NullMarked
package dev.turntable.simulator.server;

import org.jspecify.annotations.NullMarked;
