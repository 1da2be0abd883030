package dev.turntable.store.parquet;

/**
 * The rows of one day of a table.
 *
 * @param service the name of the source
 * @param table the table
 * @param day the day, as {@code 2026-05-01}, or what Hive calls none
 * @param path the file, below the directory of all; empty as long as there is none
 * @param rows how many rows
 * @param content a hash of the rows
 */
record ParquetDay(
    String service, String table, String day, String path, long rows, String content) {
  /** The day of rows without a time, as Hive, Spark and DuckDB call it. */
  static final String NONE = "__HIVE_DEFAULT_PARTITION__";

  boolean isOf(ParquetTable other) {
    return service.equals(other.account().service()) && table.equals(other.name());
  }

  /** Returns whether it is the same day with the same rows. */
  boolean hasRowsOf(ParquetDay other) {
    return day.equals(other.day) && rows == other.rows && content.equals(other.content);
  }

  ParquetDay at(String file) {
    return new ParquetDay(service, table, day, file, rows, content);
  }
}
