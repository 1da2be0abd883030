package dev.turntable.store.parquet;

/**
 * What became of a directory of Parquet.
 *
 * @param written how many days, table by table, were written
 * @param rows how many rows they have
 * @param removed how many days are no longer there
 * @param unchanged how many were left as they were
 */
public record ParquetReport(long written, long rows, long removed, long unchanged) {
  /** Nothing. */
  static final ParquetReport NONE = new ParquetReport(0, 0, 0, 0);

  ParquetReport plus(ParquetReport other) {
    return new ParquetReport(
        written + other.written,
        rows + other.rows,
        removed + other.removed,
        unchanged + other.unchanged);
  }
}
