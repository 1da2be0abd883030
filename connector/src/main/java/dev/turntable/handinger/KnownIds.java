package dev.turntable.handinger;

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
final class KnownIds {
  private final List<String> configured;
  private final List<String> workers;
  private final Set<String> created = new LinkedHashSet<>();
  private final Set<String> archived = ConcurrentHashMap.newKeySet();
  private final Map<String, Long> pageCounts = new ConcurrentHashMap<>();

  KnownIds(List<String> taskIds, List<String> workerIds) {
    this.configured = List.copyOf(new LinkedHashSet<>(taskIds));
    this.workers = List.copyOf(new LinkedHashSet<>(workerIds));
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
