/** Statements at full speed for a long time: memory, threads and files must stay as they are. */
@NullMarked
package dev.turntable.examples.soak;

import org.jspecify.annotations.NullMarked;
