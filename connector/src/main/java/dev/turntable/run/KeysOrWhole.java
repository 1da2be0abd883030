package dev.turntable.run;

/**
 * What the two ways to read one side of a join, or the scan of a sub-query, are expected to cost: for
 * the keys that rows of the other side give, or as a whole.
 *
 * @param wholeRequests the requests of reading it as a whole; infinite if that cannot be
 * @param requestsPerKey the requests of one key
 * @param expectedKeys how many keys the other side is expected to give
 */
public record KeysOrWhole(double wholeRequests, double requestsPerKey, double expectedKeys) {
  /** It is read by keys. */
  public static final KeysOrWhole BY_KEYS = new KeysOrWhole(Double.POSITIVE_INFINITY, 1, 0);

  /** Returns whether there is a choice. */
  public boolean mayBeWhole() {
    return !equals(BY_KEYS);
  }

  /** Returns after how many keys it is clear that all rows cost less. */
  public int keysToDecide() {
    return (int) Math.min(wholeRequests / requestsPerKey, OuterRows.MAX_ROWS);
  }

  /**
   * Returns whether reading all rows costs less. Where there is more to come, as many keys again are to
   * be expected.
   *
   * @param keys how many keys there are so far
   * @param noMore whether these are all
   */
  boolean isWholeCheaper(int keys, boolean noMore) {
    double expected = noMore ? keys : Math.max(2.0 * keys, expectedKeys);
    return expected * requestsPerKey > wholeRequests;
  }
}
