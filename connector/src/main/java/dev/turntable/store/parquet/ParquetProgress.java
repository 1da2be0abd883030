package dev.turntable.store.parquet;

/** Hears how much is written. */
@FunctionalInterface
public interface ParquetProgress {
  /**
   * A day was written.
   *
   * @param table the table, with its schema
   * @param share how much of what is to be written of it, from 0 to 1
   * @param rows how many rows of it were written
   */
  void written(String table, double share, long rows);
}
