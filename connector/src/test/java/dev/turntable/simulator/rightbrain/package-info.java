/** Tests of the simulated Rightbrain over real HTTP. */
@NullMarked
package dev.turntable.simulator.rightbrain;

import org.jspecify.annotations.NullMarked;
