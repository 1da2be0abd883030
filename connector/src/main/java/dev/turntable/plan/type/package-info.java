/**
 * Types between those of sources, of Calcite and of JDBC; parameters and values. What planning asks of
 * the statement that is planned in a thread.
 */
@NullMarked
package dev.turntable.plan.type;

import org.jspecify.annotations.NullMarked;
