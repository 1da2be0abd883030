package dev.turntable.source;

/**
 * An order by one column; nulls do not occur.
 *
 * @param column the column
 * @param descending whether the largest value comes first
 */
public record Ordering(String column, boolean descending) {}
