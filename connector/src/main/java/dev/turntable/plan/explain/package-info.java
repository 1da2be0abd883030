/**
 * Every word of EXPLAIN: the compiler leaves {@linkplain dev.turntable.plan.compile.NodeFacts facts}
 * with each node of a plan, and lines are made of them when somebody asks. How often a request is sent
 * is written by {@link dev.turntable.source.RequestEstimate} itself.
 */
@NullMarked
package dev.turntable.plan.explain;

import org.jspecify.annotations.NullMarked;
