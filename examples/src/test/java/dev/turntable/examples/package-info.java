/** Runs the examples. */
@NullMarked
package dev.turntable.examples;

import org.jspecify.annotations.NullMarked;
