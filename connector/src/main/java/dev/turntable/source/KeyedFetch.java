package dev.turntable.source;

/** A step that reads all rows of one key, so that they may come from elsewhere instead. */
public interface KeyedFetch<T> extends Fetch<T> {
  /** Returns the value of {@link KnownKeysPath#keyColumn()} whose rows it reads. */
  Object key();

  /**
   * Does without a request, since the rows were had from elsewhere, what the step does beside reading.
   *
   * @return a page without rows, and the steps that follow
   */
  Page<T> skipped(StatementScope scope);
}
