package dev.turntable.store;

import dev.turntable.source.Column;
import dev.turntable.source.Deleter;
import dev.turntable.source.Inserter;
import dev.turntable.source.RequestEstimate;
import dev.turntable.source.ReturningInserter;
import dev.turntable.source.StatementScope;
import dev.turntable.store.write.JournalEntry;
import dev.turntable.store.write.WriteEvidence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes that are noted in the journal of the store, before anything is sent and after it. */
final class StoredWrites {
  private StoredWrites() {}

  /**
   * @param everything whether the row does not tell what it touches
   */
  static @Nullable Inserter inserter(
      WriteJournal journal, @Nullable Inserter inserter, boolean everything) {
    if (inserter instanceof ReturningInserter returning) {
      return new StoredReturningInserter(journal, returning, everything);
    }
    return inserter == null ? null : new StoredInserter(journal, inserter, everything);
  }

  static @Nullable Deleter deleter(
      WriteJournal journal, @Nullable Deleter deleter, boolean everything) {
    return deleter == null ? null : new StoredDeleter(journal, deleter, everything);
  }

  /** Returns what a row touches: what it names by id, and nothing that people have written. */
  private static List<String> touched(Inserter.Row row, boolean everything) {
    if (everything) {
      return List.of(JournalEntry.EVERYTHING);
    }
    List<@Nullable Object> ids = new ArrayList<>();
    ids.add(row.madeKey());
    row.values()
        .forEach(
            (column, value) -> {
              if (namesSomething(column)) {
                ids.add(value);
              }
            });
    return WriteJournal.ids(ids).stream().distinct().toList();
  }

  private static boolean namesSomething(String column) {
    return column.equals("id") || column.endsWith("_id");
  }

  /** Returns the ids among some values, that of the row first. */
  private static List<@Nullable Object> named(
      Map<String, @Nullable Object> values, List<String> generatedKeys) {
    Map<String, @Nullable Object> named = new LinkedHashMap<>();
    generatedKeys.forEach(key -> named.put(key, values.get(key)));
    values.forEach(
        (column, value) -> {
          if (namesSomething(column)) {
            named.put(column, value);
          }
        });
    return new ArrayList<>(named.values());
  }

  private static WriteEvidence evidence(Inserter inserter, Inserter.Row row) {
    return new WriteEvidence(row.madeKey(), inserter.trace(row));
  }

  private record StoredInserter(WriteJournal journal, Inserter inserter, boolean everything)
      implements Inserter {
    @Override
    public List<String> generatedKeys() {
      return inserter.generatedKeys();
    }

    @Override
    public List<Column<?>> unlistedColumns() {
      return inserter.unlistedColumns();
    }

    @Override
    public void check(List<Row> rows, StatementScope scope) {
      inserter.check(rows, scope);
    }

    @Override
    public List<RequestEstimate> estimate(List<Row> rows) {
      return inserter.estimate(rows);
    }

    @Override
    public @Nullable Object lane(Row row) {
      return inserter.lane(row);
    }

    @Override
    public List<@Nullable Object> insert(Row row, StatementScope scope) {
      Row keyed = inserter.keyed(row);
      return journal.noted(
          JournalEntry.Kind.INSERT,
          touched(keyed, everything),
          evidence(inserter, keyed),
          scope,
          () -> inserter.insert(keyed, scope),
          keys -> keys);
    }
  }

  /** An inserter that tells more of a row. */
  private record StoredReturningInserter(
      WriteJournal journal, ReturningInserter inserter, boolean everything)
      implements ReturningInserter {
    @Override
    public List<String> generatedKeys() {
      return inserter.generatedKeys();
    }

    @Override
    public List<Column<?>> unlistedColumns() {
      return inserter.unlistedColumns();
    }

    @Override
    public List<Column<?>> answerColumns() {
      return inserter.answerColumns();
    }

    @Override
    public void check(List<Row> rows, StatementScope scope) {
      inserter.check(rows, scope);
    }

    @Override
    public List<RequestEstimate> estimate(List<Row> rows) {
      return inserter.estimate(rows);
    }

    @Override
    public List<RequestEstimate> estimateReadings(List<Row> rows, Set<String> columns) {
      return inserter.estimateReadings(rows, columns);
    }

    @Override
    public @Nullable Object lane(Row row) {
      return inserter.lane(row);
    }

    @Override
    public List<@Nullable Object> insert(Row row, StatementScope scope) {
      Row keyed = inserter.keyed(row);
      return journal.noted(
          JournalEntry.Kind.INSERT,
          touched(keyed, everything),
          evidence(inserter, keyed),
          scope,
          () -> inserter.insert(keyed, scope),
          keys -> keys);
    }

    @Override
    public Map<String, @Nullable Object> insert(
        Row row, Set<String> columns, StatementScope scope) {
      Row keyed = inserter.keyed(row);
      return journal.noted(
          JournalEntry.Kind.INSERT,
          touched(keyed, everything),
          evidence(inserter, keyed),
          scope,
          () -> inserter.insert(keyed, columns, scope),
          values -> named(values, inserter.generatedKeys()));
    }
  }

  private record StoredDeleter(WriteJournal journal, Deleter deleter, boolean everything)
      implements Deleter {
    @Override
    public List<String> keys() {
      return deleter.keys();
    }

    @Override
    public void check(List<List<Object>> keys) {
      deleter.check(keys);
    }

    @Override
    public List<RequestEstimate> estimate(long rows) {
      return deleter.estimate(rows);
    }

    @Override
    public boolean delete(List<Object> key, StatementScope scope) {
      return journal.noted(
          JournalEntry.Kind.DELETE,
          everything ? List.of(JournalEntry.EVERYTHING) : WriteJournal.ids(key),
          WriteEvidence.NONE,
          scope,
          () -> deleter.delete(key, scope),
          deleted -> List.of());
    }
  }
}
