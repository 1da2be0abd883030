/** Tests of the simulated Handinger over real HTTP. */
@NullMarked
package dev.turntable.simulator.handinger;

import org.jspecify.annotations.NullMarked;
