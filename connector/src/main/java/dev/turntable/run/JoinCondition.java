package dev.turntable.run;

import org.jspecify.annotations.Nullable;

/**
 * A compiled join condition.
 *
 * @param keys the equalities between an expression of the left row and one of the right row; without
 *     any, every pair is looked at
 * @param residual what else must be TRUE, on the columns of the left row and then the right; null if
 *     there is nothing else
 */
public record JoinCondition(JoinKeys keys, @Nullable Scalar residual) {}
