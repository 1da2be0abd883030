/**
 * Makes joins of sub-queries where that changes no answer, and else runs them for the distinct values
 * that they use of outer rows.
 */
@NullMarked
package dev.turntable.plan.subquery;

import org.jspecify.annotations.NullMarked;
