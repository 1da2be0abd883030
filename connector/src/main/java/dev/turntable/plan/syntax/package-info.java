/**
 * Parses, and rewrites syntax trees: what other databases write, their functions, and what is refused
 * by name.
 */
@NullMarked
package dev.turntable.plan.syntax;

import org.jspecify.annotations.NullMarked;
