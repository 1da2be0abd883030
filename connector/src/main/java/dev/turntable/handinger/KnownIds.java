package dev.turntable.handinger;

import dev.turntable.source.KeySet;
import dev.turntable.source.StatementScope;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What one connection knows of the tasks that exist, for the service publishes no list of them. Safe
 * for use by several threads.
 */
final class KnownIds implements KeySet {
  private final List<String> configured;
  private final List<String> workers;
  private final KeySet workerSet;
  private final Set<String> created = new LinkedHashSet<>();
  private final Set<String> archived = ConcurrentHashMap.newKeySet();
  private final Sightings sightings = new Sightings();
  private final Map<String, Long> pageCounts = new ConcurrentHashMap<>();

  KnownIds(List<String> taskIds, List<String> workerIds) {
    this.configured = List.copyOf(new LinkedHashSet<>(taskIds));
    configured.forEach(id -> sightings.add("taskIds", id, null));
    this.workers = List.copyOf(new LinkedHashSet<>(workerIds));
    this.workerSet =
        (keys, scope) -> {
          Set<Object> missing = new LinkedHashSet<>(keys);
          missing.removeIf(workers::contains);
          return missing;
        };
  }

  /**
   * Returns the ids that a statement has read, or found to be unknown, because they are known here: the
   * keys that a reading of all known tasks is whole for.
   */
  Set<String> asked(StatementScope scope) {
    return scope.once(this, ConcurrentHashMap::newKeySet);
  }

  @Override
  public Set<Object> missing(Set<Object> keys, StatementScope scope) {
    Set<String> asked = asked(scope);
    Set<Object> missing = new LinkedHashSet<>(keys);
    missing.removeIf(asked::contains);
    return missing;
  }

  /** Returns where and when tasks came to be known. */
  Sightings sightings() {
    return sightings;
  }

  /** Returns the set of the workers that {@code workerIds} names. */
  KeySet workerSet() {
    return workerSet;
  }

  /** Returns whether anything at all names tasks. */
  boolean isAny() {
    return !configured.isEmpty() || !workers.isEmpty() || !created().isEmpty();
  }

  /** Returns the ids of {@code taskIds} that were not archived here. */
  List<String> configured() {
    return configured.stream().filter(id -> !isArchived(id)).toList();
  }

  /** Returns the workers whose execution logs name tasks. */
  List<String> workers() {
    return workers;
  }

  /** Returns the ids of all tasks created here, archived or not, in order. */
  List<String> created() {
    synchronized (created) {
      return new ArrayList<>(created);
    }
  }

  void addCreated(String id) {
    synchronized (created) {
      created.add(id);
    }
    sightings.add("created", id, null);
  }

  boolean isArchived(String id) {
    return archived.contains(id);
  }

  void addArchived(String id) {
    archived.add(id);
  }

  /** Returns how many pages the log of a worker had when it was last read; 1 if it never was. */
  long pageCount(String workerId) {
    return pageCounts.getOrDefault(workerId, 1L);
  }

  void pageCount(String workerId, long pages) {
    pageCounts.put(workerId, Math.max(1, pages));
  }
}
