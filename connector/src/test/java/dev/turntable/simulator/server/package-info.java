/** Tests of what all simulated services share. */
@NullMarked
package dev.turntable.simulator.server;

import org.jspecify.annotations.NullMarked;
