package dev.turntable.handinger;

import dev.turntable.handinger.HandingerJson.Execution;
import dev.turntable.source.AgeText;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.Fetch;
import dev.turntable.source.KeyedFetch;
import dev.turntable.source.Page;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TaskCatalog;
import dev.turntable.source.TurntableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One scan over all known tasks, each once: {@code taskIds}, those created here, and last, because
 * they cost requests to find, those in the execution logs of the workers.
 */
final class KnownScan<T> {
  /** Reads the rows of one task; null if there is no such task. */
  @FunctionalInterface
  interface TaskReader<T> {
    @Nullable List<T> read(StatementScope scope, String id);
  }

  private final Handinger service;
  private final String table;
  private final TaskReader<T> reader;
  private final boolean keysFollow;
  private final Set<String> seen = ConcurrentHashMap.newKeySet();
  private final AtomicInteger openSteps = new AtomicInteger();
  private final AtomicInteger fromLogs = new AtomicInteger();
  private final AtomicInteger found = new AtomicInteger();
  private final Set<String> unknown = Collections.synchronizedSet(new TreeSet<>());
  private final Set<String> withoutLog = Collections.synchronizedSet(new TreeSet<>());
  private Set<String> asked = Set.of();
  private int configured;
  private int created;
  private int remembered;
  private Set<String> archived = Set.of();
  private TaskCatalog.@Nullable Logs logs;
  private boolean readsLogs;

  /**
   * @param keysFollow whether the statement names further tasks, so that it is no error to find none
   */
  KnownScan(Handinger service, String table, TaskReader<T> reader, boolean keysFollow) {
    this.service = service;
    this.table = table;
    this.reader = reader;
    this.keysFollow = keysFollow;
  }

  List<Fetch<T>> open(StatementScope scope) {
    KnownIds known = service.known();
    List<Fetch<T>> steps = new ArrayList<>();
    asked = known.asked(scope);
    TaskCatalog.Known catalog = known.remembered(scope);
    archived = catalog.archived();
    logs = catalog.logs();
    configured = add(known.configured(), steps);
    created = add(known.created(), steps);
    remembered = add(catalog.ids(), steps);
    for (String worker : known.workers()) {
      if (Ids.isPossible(worker) && !catalog.freshLogs().contains(worker)) {
        readsLogs = true;
        ExecutionLog.Ends ends =
            ExecutionLog.Ends.of(() -> unknown.add(worker), () -> withoutLog.add(worker));
        steps.add(log(worker, new ExecutionLog(service, table, worker, false, ends).first()));
      }
    }
    openSteps.set(steps.size());
    if (steps.isEmpty()) {
      scope.warn(warning());
    }
    return steps;
  }

  /** Tells of all tasks at once, where their rows came from elsewhere. */
  void tell(
      Collection<Object> own, long others, TaskCatalog.@Nullable Logs read, StatementScope scope) {
    Set<Object> asOwn = new HashSet<>(own);
    configured = (int) service.known().configured().stream().filter(asOwn::remove).count();
    created = asOwn.size();
    remembered = Math.toIntExact(others);
    logs = read;
    scope.warn(warning());
  }

  private int add(List<String> ids, List<Fetch<T>> steps) {
    int before = steps.size();
    for (String id : ids) {
      if (isNew(id)) {
        steps.add(task(id));
      }
    }
    return steps.size() - before;
  }

  private boolean isNew(@Nullable String id) {
    return id != null
        && Ids.isPossible(id)
        && !archived.contains(id)
        && !service.known().isArchived(id)
        && seen.add(id);
  }

  private Fetch<T> task(String id) {
    asked.add(id);
    return new KeyedFetch<>() {
      @Override
      public Object key() {
        return id;
      }

      @Override
      public Page<T> fetch(StatementScope scope) {
        List<T> rows = reader.read(scope, id);
        if (rows != null) {
          found.incrementAndGet();
        }
        return done(scope, rows == null ? List.of() : rows, List.of());
      }

      @Override
      public Page<T> skipped(StatementScope scope) {
        found.incrementAndGet();
        return done(scope, List.of(), List.of());
      }
    };
  }

  /** A page of a log has no row itself; it is followed by the tasks it names and further pages. */
  private Fetch<T> log(String worker, Fetch<Execution> log) {
    return scope -> {
      Page<Execution> page = log.fetch(scope);
      List<Fetch<T>> next = new ArrayList<>();
      for (Execution execution : page.rows()) {
        String id = execution.taskId();
        if (id != null) {
          service.known().sightings().add("workerIds", id, worker);
        }
        if (id != null && isNew(id)) {
          next.add(task(id));
          fromLogs.incrementAndGet();
        }
      }
      page.next().forEach(further -> next.add(log(worker, further)));
      return done(scope, List.of(), next);
    };
  }

  private Page<T> done(StatementScope scope, List<T> rows, List<Fetch<T>> next) {
    if (openSteps.addAndGet(next.size() - 1) > 0) {
      return new Page<>(rows, next);
    }
    if (found.get() == 0 && !keysFollow && (!seen.isEmpty() || isNoWorkerKnown())) {
      throw new TurntableException(
          ErrorKind.BAD_VALUE,
          table
              + ": the service knows none of the "
              + (seen.isEmpty()
                  ? unknown.size() + " known workers ("
                  : seen.size() + " known ids (")
              + origins()
              + "); check taskIds, workerIds, the key and baseUrl");
    }
    scope.warn(warning());
    return new Page<>(rows, next);
  }

  private boolean isNoWorkerKnown() {
    return !unknown.isEmpty() && unknown.size() == service.known().workers().size();
  }

  private String warning() {
    return table.substring(table.indexOf('.') + 1)
        + ": "
        + (configured + created + remembered + fromLogs.get())
        + " known ids ("
        + origins()
        + ")"
        + logs()
        + "; Handinger publishes no list of tasks";
  }

  /** Tells how far the ids of the store reach, where this scan reads no log itself. */
  private String logs() {
    if (remembered == 0 || readsLogs) {
      return "";
    }
    return logs == null
        ? ", and no log of a worker was ever read to its end"
        : (logs.workers() == 1
                ? ", the log of 1 worker last read to its end "
                : ", the logs of " + logs.workers() + " workers last read to their end ")
            + AgeText.text(Duration.between(logs.readAt(), Instant.now()))
            + " ago";
  }

  private String origins() {
    List<String> origins = new ArrayList<>();
    if (configured > 0) {
      origins.add("taskIds " + configured);
    }
    if (readsLogs) {
      origins.add("logs of workers " + fromLogs.get() + WorkersRead.without(unknown, withoutLog));
    }
    if (created > 0) {
      origins.add("created here " + created);
    }
    if (remembered > 0) {
      origins.add("in the store " + remembered);
    }
    return origins.isEmpty() ? "none left" : String.join(", ", origins);
  }
}
