/**
 * Runs by Calcite's generated code what the operators do not know, above the same scans.
 */
@NullMarked
package dev.turntable.plan.generated;

import org.jspecify.annotations.NullMarked;
