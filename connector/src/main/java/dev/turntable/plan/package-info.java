/**
 * Calcite: from the text of a statement to a tree of {@link dev.turntable.run.RowNode}s. Knows no HTTP and
 * no service. Here the engines are opened, and the tables mounted in somebody else's Calcite; the rooms
 * below do the work.
 *
 * <p>A statement travels: {@link dev.turntable.plan.token.SqlNormalizer} and {@link
 * dev.turntable.plan.syntax.SqlText} (parse) → {@link dev.turntable.plan.rewrite.RelPlanner} (validate,
 * convert, rewrite) → {@link dev.turntable.plan.compile.RelCompiler} (operators). What the operators do not
 * know is run by {@link dev.turntable.plan.generated.EnumerableCompiler}, above the same scans.
 */
@NullMarked
package dev.turntable.plan;

import org.jspecify.annotations.NullMarked;
