/**
 * The face of Turntable towards a driver: prepare a statement, execute it, read rows, look at the
 * catalog. Knows neither {@code java.sql} connections nor the planner behind it.
 */
@NullMarked
package dev.turntable.engine;

import org.jspecify.annotations.NullMarked;
