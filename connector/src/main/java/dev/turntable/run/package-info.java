/**
 * Running a plan: small pull operators over cursors of pages, parallel fetch, keyed joins, sharing of
 * equal requests within a statement, cancel. Knows no planner rule and no service.
 *
 * <p>A {@link dev.turntable.run.RowNode} is immutable and belongs to a plan that many executions
 * share; an {@link dev.turntable.run.Operator} belongs to one execution. Every row that a service
 * sends passes the scan operator.
 */
@NullMarked
package dev.turntable.run;

import org.jspecify.annotations.NullMarked;
