/** Rightbrain, simulated: its data, their state and its published API. */
@NullMarked
package dev.turntable.simulator.rightbrain;

import org.jspecify.annotations.NullMarked;
