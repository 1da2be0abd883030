package dev.turntable.source;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

  /** Returns the keys that the connection itself knows, before anything is sent. */
  List<Object> ownKeys();

  /** Returns the workers whose logs name further keys. */
  List<String> namingWorkers();

  /**
   * Tells what a reading of all known keys tells at its end, where all of them were found elsewhere.
   *
   * @param own those that the connection itself knows
   * @param remembered how many others the account is remembered to have
   * @param logs as in {@link TaskCatalog.Known}
   */
  void tell(
      Collection<Object> own,
      long remembered,
      TaskCatalog.@Nullable Logs logs,
      StatementScope scope);
}
