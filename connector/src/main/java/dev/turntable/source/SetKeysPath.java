package dev.turntable.source;

import java.util.List;

/** A path without keys that reads, by another path, the rows of keys that are set by a property. */
public interface SetKeysPath<T> extends AccessPath<T> {
  /** Returns the path that reads the rows of a key. */
  AccessPath<T> byKey();

  /** Returns the keys. */
  List<List<Object>> setKeys();

  /** Tells what a reading of all of them tells at its end, where all rows were found elsewhere. */
  void tell(StatementScope scope);
}
