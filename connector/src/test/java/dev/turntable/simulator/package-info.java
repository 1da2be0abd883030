/** Tests of the simulator over real HTTP. */
@NullMarked
package dev.turntable.simulator;

import org.jspecify.annotations.NullMarked;
