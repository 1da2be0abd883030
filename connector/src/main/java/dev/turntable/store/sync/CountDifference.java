package dev.turntable.store.sync;

import dev.turntable.source.RowCount;

/**
 * That the store has another number of rows than the service tells.
 *
 * @param count what tells
 * @param key to which the rows belong
 * @param told how many rows the service tells
 * @param stored how many there are in the store
 */
public record CountDifference(RowCount count, String key, long told, long stored) {
  @Override
  public String toString() {
    return count.counted()
        + " of "
        + count.countedKey()
        + " "
        + key
        + ": the store has "
        + stored
        + ", "
        + count.count()
        + " of "
        + count.table()
        + " says "
        + told;
  }
}
