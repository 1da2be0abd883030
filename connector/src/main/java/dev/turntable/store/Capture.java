package dev.turntable.store;

import dev.turntable.source.AnswerTimes;
import dev.turntable.source.Fetch;
import dev.turntable.source.Page;
import dev.turntable.source.StatementScope;
import dev.turntable.store.table.Reading;
import dev.turntable.store.table.RowTable;
import dev.turntable.store.table.StoreAccount;
import dev.turntable.store.table.TimeSpan;
import dev.turntable.store.table.WindowReading;
import dev.turntable.store.write.Change;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the rows that the steps of one scan read, and when all rows of something were read, that.
 *
 * @param whole whether the records have all columns that are kept; nothing is kept otherwise
 */
record Capture<T>(StoredTable<T> table, StoreAccount account, boolean whole) {
  /** Lists of more rows are kept as rows only. */
  private static final int LONGEST_LIST = 1_000_000;

  /** Steps whose rows are kept, and tell nothing of others. */
  List<Fetch<Object>> rows(List<Fetch<T>> steps) {
    return all(steps, null);
  }

  /** Steps that read all of a span of time if all of them are read. */
  List<Fetch<Object>> window(
      List<Fetch<T>> steps, String scope, String key, String timeColumn, TimeSpan span) {
    return all(steps, whole ? new Progress(scope, key, steps.size(), timeColumn, span) : null);
  }

  /** Steps that read all of something if all of them are read. */
  List<Fetch<Object>> of(List<Fetch<T>> steps, String scope, String key) {
    return all(steps, whole ? new Progress(scope, key, steps.size(), null, TimeSpan.ALL) : null);
  }

  private List<Fetch<Object>> all(List<Fetch<T>> steps, @Nullable Progress progress) {
    return steps.stream().map(step -> one(step, progress)).toList();
  }

  private Fetch<Object> one(Fetch<T> step, @Nullable Progress progress) {
    return scope -> {
      Page<T> page;
      Instant began;
      try (AnswerTimes times = AnswerTimes.listen()) {
        page = step.fetch(scope);
        began = times.oldest();
      }
      keep(page, began == null ? begin(scope) : began, progress, scope);
      return new Page<>(
          List.<Object>copyOf(page.rows()), all(page.next(), progress), page.anyOrder());
    };
  }

  /** What used no answer of its own has them from earlier steps of the statement. */
  private static Instant begin(StatementScope scope) {
    return Instant.now().minusNanos(System.nanoTime() - scope.openedNanos());
  }

  private void keep(
      Page<T> page, Instant began, @Nullable Progress progress, StatementScope scope) {
    if (!whole) {
      return;
    }
    List<RowTable.Kept> kept = new ArrayList<>(page.rows().size());
    long bytes = 0;
    int place = progress == null ? 0 : progress.place(page.rows().size());
    boolean complete = true;
    for (T record : page.rows()) {
      RowTable.Kept row = table.rows().keep(record, place++);
      if (row == null) {
        complete = false;
      } else {
        kept.add(row);
        bytes += RowTable.size(row);
      }
    }
    List<Change> changes = new ArrayList<>();
    if (!kept.isEmpty()) {
      changes.add(
          new Change.Rows(
              account,
              table.rows(),
              kept,
              began,
              bytes,
              progress != null && progress.isListOfTimes()));
      names(kept, began, changes);
    }
    if (progress != null) {
      Change reading = progress.took(kept, complete, began, page.next().size());
      if (reading != null) {
        changes.add(reading);
      }
    }
    if (!changes.isEmpty()) {
      table.store().add(changes, scope);
    }
  }

  private void names(List<RowTable.Kept> rows, Instant began, List<Change> changes) {
    for (int i = 0; i < table.definition().columns().size(); i++) {
      if (table.taskColumns().contains(table.definition().columns().get(i).name())) {
        for (RowTable.Kept row : rows) {
          if (row.values().get(i) instanceof String id && !id.isEmpty()) {
            changes.add(new Change.Named(account, StoreCatalog.SEEN, id, null, began, began));
          }
        }
      }
    }
  }

  /** How far the reading of a key or a list is. */
  private final class Progress {
    private final String scope;
    private final String key;
    private final @Nullable String timeColumn;
    private final TimeSpan span;
    private final List<String> members = new ArrayList<>();
    private int open;
    private int place;
    private long rows;
    private boolean complete = true;
    private boolean isFinal = true;
    private @Nullable Instant began;

    Progress(String scope, String key, int steps, @Nullable String timeColumn, TimeSpan span) {
      this.timeColumn = timeColumn;
      this.span = span;
      this.scope = scope;
      this.key = key;
      this.open = steps;
    }

    boolean isListOfTimes() {
      return timeColumn != null && key.isEmpty();
    }

    synchronized int place(int count) {
      int first = place;
      place += count;
      return first;
    }

    /** Returns what was read, if this was the last of it. */
    synchronized @Nullable Change took(
        List<RowTable.Kept> page, boolean all, Instant at, int next) {
      open += next - 1;
      rows += page.size();
      complete &= all && rows <= LONGEST_LIST;
      if (began == null || at.isBefore(began)) {
        began = at;
      }
      for (RowTable.Kept row : page) {
        isFinal &= table.isFinal(row);
        if (key.isEmpty() && complete && timeColumn == null) {
          members.add(row.key());
        }
      }
      if (open > 0 || !complete) {
        return null;
      }
      if (timeColumn != null) {
        return new Change.ReadWindow(
            account, new WindowReading(table.rows(), scope, key, timeColumn, span, began, rows));
      }
      return new Change.Read(
          account,
          new Reading(
              table.rows(),
              scope,
              key,
              began,
              table.rows().leftOutText(),
              rows,
              isFinal && rows > 0,
              List.copyOf(members)));
    }
  }
}
