/**
 * From a rewritten tree to operators, with what EXPLAIN says of each: which side of a join drives, which
 * order the service gives.
 */
@NullMarked
package dev.turntable.plan.compile;

import org.jspecify.annotations.NullMarked;
