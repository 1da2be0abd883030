package dev.turntable.handinger;

import dev.turntable.handinger.HandingerJson.Execution;
import dev.turntable.handinger.HandingerJson.ExecutionPage;
import dev.turntable.http.Calls;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.Fetch;
import dev.turntable.source.IdSet;
import dev.turntable.source.Page;
import dev.turntable.source.RequestEstimate;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One reading of the webhook execution log of a worker, newest first, in pages by number.
 *
 * <p>An entry that arrives meanwhile shifts the others from page to page, so that they come twice or
 * are missed. That shows in the announced total, or in a number of distinct entries that is not the
 * total; then the whole log is read once more, without the entries that were already given out.
 */
final class ExecutionLog {
  private static final long MAX_PAGES = 1_000_000;

  private final Handinger service;
  private final String table;
  private final String workerId;
  private final boolean ordered;
  private final Ends ends;
  private final IdSet given = new IdSet();

  /** Told of a log that has no entry. */
  interface Ends {
    /** The service has no such worker, or its webhook is not set. */
    void unknown();

    /** No entry yet. */
    void empty();

    /** Nobody wants to know. */
    Ends IGNORED = of(() -> {}, () -> {});

    static Ends of(Runnable unknown, Runnable empty) {
      return new Ends() {
        @Override
        public void unknown() {
          unknown.run();
        }

        @Override
        public void empty() {
          empty.run();
        }
      };
    }
  }

  /**
   * @param ordered whether the entries must come newest first, so that none can be added late
   * @param ends told where the log ends before it began
   */
  ExecutionLog(Handinger service, String table, String workerId, boolean ordered, Ends ends) {
    this.service = service;
    this.table = table;
    this.workerId = workerId;
    this.ordered = ordered;
    this.ends = ends;
  }

  /** Returns what reading logs sends, by the number of pages they had when they were last read. */
  static RequestEstimate estimate(KnownIds known, List<String> workers) {
    long pages = workers.stream().mapToLong(known::pageCount).sum();
    return RequestEstimate.atLeast(HandingerApi.EXECUTIONS, pages);
  }

  Fetch<Execution> first() {
    return new Pass(service.calls(), true)::first;
  }

  private final class Pass {
    private final Calls calls;
    private final boolean isFirst;
    private final IdSet seen;
    private final AtomicInteger openPages = new AtomicInteger();
    private final AtomicBoolean changed = new AtomicBoolean();
    private final Instant began = Instant.now();
    private long pages;
    private long total;

    Pass(Calls calls, boolean isFirst) {
      this.calls = calls;
      this.isFirst = isFirst;
      this.seen = isFirst ? given : new IdSet();
    }

    Page<Execution> first(StatementScope scope) {
      ExecutionPage page = request(scope, 1);
      if (page == null && isFirst) {
        ends.unknown();
        return Page.last(List.of());
      }
      if (page == null) {
        throw wrong(
            ErrorKind.UNSTABLE, 1, "answered 404 for a log of which a part was read before");
      }
      pages = pages(page);
      total = page.totalCount();
      if (total == 0 && page.logs().isEmpty()) {
        ends.empty();
      }
      openPages.set(Math.toIntExact(pages));
      service.known().pageCount(workerId, pages);
      List<Fetch<Execution>> next = new ArrayList<>();
      for (long number = 2; number <= pages; number++) {
        next.add(further(number));
      }
      return take(page, 1, next);
    }

    /** Every page but an empty first one has an entry, and no log is as long as memory. */
    private long pages(ExecutionPage page) {
      long count = Math.max(1, page.pageCount());
      if (count > Math.max(1, page.totalCount())) {
        throw wrong(
            ErrorKind.BAD_ANSWER,
            1,
            "answered that " + page.totalCount() + " entries are " + count + " pages");
      }
      if (count > MAX_PAGES) {
        throw wrong(ErrorKind.TOO_LARGE, 1, "answered that there are " + count + " pages");
      }
      return count;
    }

    private Fetch<Execution> further(long number) {
      return scope -> {
        if (changed.get()) {
          return Page.last(List.of()); // What is left of this pass is read by the next one.
        }
        ExecutionPage page = request(scope, number);
        if (page == null) {
          return again(List.of(), number);
        }
        return page.totalCount() == total && Math.max(1, page.pageCount()) == pages
            ? take(page, number, List.of())
            : again(rows(page), number);
      };
    }

    private @Nullable ExecutionPage request(StatementScope scope, long number) {
      return calls.find(scope, table, service.api().executions(workerId, number));
    }

    private Page<Execution> take(ExecutionPage page, long number, List<Fetch<Execution>> next) {
      List<Execution> rows = rows(page);
      boolean last = openPages.decrementAndGet() == 0;
      if (last && seen.size() != total) {
        return again(rows, number);
      }
      if (last) {
        service.known().logRead(workerId, began);
      }
      return new Page<>(rows, next);
    }

    private List<Execution> rows(ExecutionPage page) {
      List<Execution> rows = new ArrayList<>(page.logs().size());
      for (Execution entry : page.logs()) {
        boolean unseen = seen.add(entry.id());
        if (isFirst ? unseen : given.add(entry.id())) {
          rows.add(checked(entry));
        }
      }
      return rows;
    }

    private Execution checked(Execution entry) {
      if (entry.workerId() == null) {
        return entry.ofWorker(workerId);
      }
      if (!entry.workerId().equals(workerId)) {
        throw new TurntableException(
            ErrorKind.BAD_ANSWER,
            table
                + ": the log of worker '"
                + workerId
                + "' holds one of '"
                + entry.workerId()
                + "'");
      }
      return entry;
    }

    private Page<Execution> again(List<Execution> rows, long number) {
      if (!changed.compareAndSet(false, true)) {
        return Page.last(rows);
      }
      if (!isFirst || ordered) {
        throw wrong(
            ErrorKind.UNSTABLE,
            number,
            "answered from an execution log that changed while it was read ("
                + total
                + " entries announced, "
                + seen.size()
                + " seen); run the statement again");
      }
      return Page.then(rows, new Pass(calls.fresh(), false)::first);
    }

    private TurntableException wrong(ErrorKind kind, long number, String what) {
      return calls.contradiction(kind, table, service.api().executions(workerId, number), what);
    }
  }
}
