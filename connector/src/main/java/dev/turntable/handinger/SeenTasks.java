package dev.turntable.handinger;

import dev.turntable.source.KnownTask;
import dev.turntable.source.TaskCatalog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where and when one connection came to know of tasks. Safe for use by several threads. */
final class SeenTasks {
  private final TaskCatalog catalog;
  private final Map<String, Map<String, Seen>> byOrigin = new LinkedHashMap<>();
  private final Map<String, Read> reads = new HashMap<>();

  private record Seen(@Nullable String worker, Instant first) {}

  /** What the service said of a task, and its worker if it told. */
  private record Read(Instant began, boolean found, @Nullable String worker) {}

  /**
   * @param catalog what remembers them beyond the connection
   */
  SeenTasks(TaskCatalog catalog) {
    this.catalog = catalog;
  }

  /** Adds a task, unless it is known from there. */
  synchronized void add(String origin, String id, @Nullable String worker) {
    catalog.named(origin, id, worker);
    byOrigin
        .computeIfAbsent(origin, name -> new LinkedHashMap<>())
        .putIfAbsent(id, new Seen(worker, Instant.now()));
  }

  /** Keeps in mind what the service said of a task, if it is a known one. */
  synchronized void read(String id, Instant began, boolean found, @Nullable String worker) {
    catalog.read(id, began, found, worker);
    if (byOrigin.values().stream().anyMatch(ids -> ids.containsKey(id))) {
      Read earlier = reads.get(id);
      String known = worker == null && earlier != null ? earlier.worker() : worker;
      reads.put(id, new Read(began, found, known));
    }
  }

  List<KnownTask> tasks() {
    return catalog.isKept() ? catalog.tasks() : tasksHere();
  }

  private synchronized List<KnownTask> tasksHere() {
    List<KnownTask> tasks = new ArrayList<>();
    byOrigin.forEach(
        (origin, ids) ->
            ids.forEach((id, seen) -> tasks.add(task(origin, id, seen, reads.get(id)))));
    return tasks;
  }

  private static KnownTask task(String origin, String id, Seen seen, @Nullable Read read) {
    String worker = seen.worker() == null && read != null ? read.worker() : seen.worker();
    return new KnownTask(
        id,
        origin,
        worker,
        seen.first(),
        read == null ? null : read.began(),
        read == null ? null : read.found());
  }
}
