package dev.turntable.source;

/**
 * A column that tells how many rows another table has, so that what was read of that one can be checked.
 *
 * @param table the table that tells, as {@code schema.table}
 * @param key its column whose values the rows belong to
 * @param count its column that tells; of several rows of a key the sum counts
 * @param counted the table whose rows are counted, as {@code schema.table}
 * @param countedKey the column of that one that says to which key a row belongs
 */
public record RowCount(String table, String key, String count, String counted, String countedKey) {}
