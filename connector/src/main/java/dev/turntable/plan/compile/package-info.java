/**
 * From a rewritten tree to operators, with the facts of which EXPLAIN makes its text: which side of a
 * join drives, which order the service gives.
 */
@NullMarked
package dev.turntable.plan.compile;

import org.jspecify.annotations.NullMarked;
