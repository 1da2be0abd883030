/**
 * Calcite: from the text of a statement to a tree of {@link dev.turntable.run.RowNode}s. Schema,
 * table, scan, rules, the cost of plans in requests, EXPLAIN. Knows no HTTP and no service.
 *
 * <p>A statement travels: {@link dev.turntable.plan.SqlText} (parse) → {@link
 * dev.turntable.plan.RelPlanner} (validate, convert, rewrite) → {@link
 * dev.turntable.plan.RelCompiler} (operators). What the operators do not know takes the road over
 * Calcite's Enumerable convention above the same scans.
 */
@NullMarked
package dev.turntable.plan;

import org.jspecify.annotations.NullMarked;
