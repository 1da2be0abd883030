/**
 * From Calcite's expressions to closures over rows: scalars, orders, aggregate and window functions,
 * join keys. What the walk does not know is handed, call by call, to Calcite's generated code.
 *
 * <p>Knows {@link dev.turntable.run} and Calcite's expressions; no rule, no scan, no service.
 */
@NullMarked
package dev.turntable.eval;

import org.jspecify.annotations.NullMarked;
