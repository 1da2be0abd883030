package dev.turntable.plan.join;

import java.util.Set;

/**
 * One more input in an order of joins.
 *
 * @param input its position among the inputs
 * @param keyed its columns that are bound to keys of the inputs before it; empty if it is read on its
 *     own
 * @param drivingRows how many rows the inputs before it are expected to give
 */
public record JoinStep(int input, Set<Integer> keyed, double drivingRows) {}
