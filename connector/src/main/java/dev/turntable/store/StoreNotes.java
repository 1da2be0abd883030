package dev.turntable.store;

import dev.turntable.store.read.Selection;
import java.util.List;

/** What EXPLAIN tells of a store. It waits for nobody, and looks up no more than it tells at once. */
final class StoreNotes {
  /** More keys than this are looked up in the store when they are read, and not for an estimate. */
  static final int MOST_LOOKED_UP = 20_000;

  private StoreNotes() {}

  /** Returns what EXPLAIN tells of rows out of the store, and of what is done with them there. */
  static List<String> of(long rows, String age, Selection selection) {
    String there = "store: " + rows + " rows, age at most " + age;
    String words = selection.words();
    return words == null ? List.of(there) : List.of(there, "in the store: " + words);
  }
}
