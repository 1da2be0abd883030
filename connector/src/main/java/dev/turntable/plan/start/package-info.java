/**
 * What a new JVM needs before its first statement runs, loaded while the first connection is opened.
 * {@code docs/start-up.md} tells what else makes a start fast, what each part brings, and how it is
 * measured.
 */
@NullMarked
package dev.turntable.plan.start;

import org.jspecify.annotations.NullMarked;
