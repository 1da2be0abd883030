package dev.turntable.handinger;

import dev.turntable.source.KeySet;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TaskCatalog;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

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

  /** What a run of no limit is taken to last. */
  private static final Duration ENDLESS = Duration.ofDays(1);

  private final TaskCatalog catalog;
  private final Duration longestRun;
  private final SeenTasks sightings;
  private final Map<String, Long> pageCounts = new ConcurrentHashMap<>();

  /** What is fixed when a statement first reads the known ids. */
  private final Object remembered = new Object();

  /**
   * @param catalog the tasks that the account is known to have
   * @param longestRun how long a write may take
   */
  KnownIds(List<String> taskIds, List<String> workerIds, TaskCatalog catalog, Duration longestRun) {
    this.longestRun = longestRun.isZero() ? ENDLESS : longestRun;
    this.catalog = catalog;
    this.sightings = new SeenTasks(catalog);
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
  SeenTasks sightings() {
    return sightings;
  }

  /** Returns the set of the workers that {@code workerIds} names. */
  KeySet workerSet() {
    return workerSet;
  }

  /** Returns whether anything at all names tasks. */
  boolean isAny() {
    return !configured.isEmpty()
        || !workers.isEmpty()
        || !created().isEmpty()
        || (catalog.isKept() && !isEmpty(catalog.lastKnown()));
  }

  /** What cannot be read now may hold some. */
  private static boolean isEmpty(TaskCatalog.@Nullable Known known) {
    return known != null && known.ids().isEmpty();
  }

  /** Returns whether tasks are remembered from other connections. */
  boolean remembers() {
    return catalog.isKept();
  }

  /** Returns what is known of the account, the same for all of a statement. */
  TaskCatalog.Known remembered(StatementScope scope) {
    return catalog.isKept()
        ? scope.once(remembered, () -> catalog.known(scope))
        : TaskCatalog.Known.NOTHING;
  }

  /** Returns all ids that are known before anything is sent, about those that a scan would ask for. */
  Set<String> beforehand() {
    Set<String> ids = new LinkedHashSet<>(configured());
    ids.addAll(created());
    TaskCatalog.Known last = catalog.lastKnown();
    if (last != null) {
      ids.addAll(last.ids());
      ids.removeAll(last.archived());
    }
    ids.removeIf(id -> isArchived(id) || !Ids.isPossible(id));
    return ids;
  }

  /** Returns the ids of {@code taskIds} that were not archived here. */
  List<String> configured() {
    return configured.stream().filter(id -> !isArchived(id)).toList();
  }

  /** Returns the workers whose execution logs are to be read, as far as that can be told beforehand. */
  List<String> workersToRead() {
    TaskCatalog.Known last = catalog.lastKnown();
    Set<String> fresh = last == null ? Set.of() : last.freshLogs();
    return workers.stream().filter(worker -> !fresh.contains(worker)).toList();
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

  /**
   * Keeps in mind that a task is about to be created.
   *
   * @throws dev.turntable.source.TurntableException if that cannot be kept; nothing is to be sent then
   */
  void intend(String id, @Nullable String worker, StatementScope scope) {
    catalog.intended(id, worker, Instant.now().plus(longestRun), scope);
  }

  /** Forgets a task that was certainly not created. */
  void withdraw(String id) {
    catalog.withdrawn(id);
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
    catalog.archived(id);
  }

  /** Keeps in mind that the log of a worker was read to its end. */
  void logRead(String workerId, Instant began) {
    catalog.logRead(workerId, began);
  }

  /** Returns how many pages the log of a worker had when it was last read; 1 if it never was. */
  long pageCount(String workerId) {
    return pageCounts.getOrDefault(workerId, 1L);
  }

  void pageCount(String workerId, long pages) {
    pageCounts.put(workerId, Math.max(1, pages));
  }
}
