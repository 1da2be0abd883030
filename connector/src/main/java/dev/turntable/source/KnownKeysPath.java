package dev.turntable.source;

import java.util.Collection;
import java.util.List;

/**
 * A path without keys that reads, one by one, the rows of the keys that it knows. Those of its steps that
 * read the rows of a key are {@link KeyedFetch}es.
 */
public interface KnownKeysPath<T> extends AccessPath<T> {
  /** Returns the column of the keys. */
  String keyColumn();

  /** Returns the keys that are known before anything is sent. Sends nothing. */
  List<Object> knownKeys();

  /** As {@link #estimate}, where the rows of some of the keys come from elsewhere. */
  List<RequestEstimate> estimateWithout(ScanRequest request, Collection<Object> keys);
}
