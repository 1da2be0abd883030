/** Handinger, simulated: its data, their state and its published API. */
@NullMarked
package dev.turntable.simulator.handinger;

import org.jspecify.annotations.NullMarked;
