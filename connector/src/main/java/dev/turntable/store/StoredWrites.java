package dev.turntable.store;

import dev.turntable.source.Column;
import dev.turntable.source.Deleter;
import dev.turntable.source.Inserter;
import dev.turntable.source.RequestEstimate;
import dev.turntable.source.ReturningInserter;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes that make what was read before of the same tasks too old, for all connections with the store:
 * before anything is sent, and once more after it.
 */
final class StoredWrites {
  /** Stands for whatever was read. */
  private static final String EVERYTHING = "*";

  /** Longer texts name nothing. */
  private static final int LONGEST_ID = 255;

  private StoredWrites() {}

  /**
   * @param everything whether the row does not tell what it touches
   */
  static @Nullable Inserter inserter(
      SourceStore store, @Nullable Inserter inserter, boolean everything) {
    if (inserter instanceof ReturningInserter returning) {
      return new StoredReturningInserter(store, returning, everything);
    }
    return inserter == null ? null : new StoredInserter(store, inserter, everything);
  }

  static @Nullable Deleter deleter(
      SourceStore store, @Nullable Deleter deleter, boolean everything) {
    return deleter == null ? null : new StoredDeleter(store, deleter, everything);
  }

  /** If that cannot be committed, nothing is sent. */
  private static void before(SourceStore store, List<String> values, StatementScope scope) {
    store
        .file()
        .writer()
        .add(List.of(new Change.Written(store.account(scope), values, store.clock().instant())));
    store.file().writer().flush(store.waiting(scope));
  }

  /** Goes on after the statement has ended: what was sent may have been carried out. */
  private static void after(
      SourceStore store, StoreAccount account, List<String> values, StatementScope scope) {
    store
        .file()
        .writer()
        .add(List.of(new Change.Written(account, values, store.clock().instant())));
    try {
      store.file().writer().flush(StoreFile.patient(store.settings().longestWait()));
    } catch (TurntableException e) {
      scope.warn("other processes may for a moment see rows as they were: " + e.getMessage());
    }
  }

  private static List<String> ids(Iterable<? extends @Nullable Object> values) {
    List<String> ids = new ArrayList<>();
    for (Object value : values) {
      if (value instanceof String text
          && !text.isEmpty()
          && text.length() <= LONGEST_ID
          && text.chars().noneMatch(Character::isWhitespace)
          && JsonText.isKept(text)) {
        ids.add(text);
      }
    }
    return ids;
  }

  /** Writes a row, between the two marks. */
  private static <R> R marked(
      SourceStore store,
      Inserter.Row row,
      boolean everything,
      StatementScope scope,
      Supplier<R> write,
      Function<R, ? extends Iterable<? extends @Nullable Object>> written) {
    List<String> touched =
        everything ? new ArrayList<>(List.of(EVERYTHING)) : ids(row.values().values());
    StoreAccount account = store.account(scope);
    before(store, List.copyOf(touched), scope);
    try {
      R result = write.get();
      touched.addAll(ids(written.apply(result)));
      return result;
    } finally {
      after(store, account, touched, scope);
    }
  }

  private record StoredInserter(SourceStore store, Inserter inserter, boolean everything)
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
      return marked(store, row, everything, scope, () -> inserter.insert(row, scope), keys -> keys);
    }
  }

  /** An inserter that tells more of a row. */
  private record StoredReturningInserter(
      SourceStore store, ReturningInserter inserter, boolean everything)
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
      return marked(store, row, everything, scope, () -> inserter.insert(row, scope), keys -> keys);
    }

    @Override
    public Map<String, @Nullable Object> insert(
        Row row, Set<String> columns, StatementScope scope) {
      return marked(
          store,
          row,
          everything,
          scope,
          () -> inserter.insert(row, columns, scope),
          values -> values.values());
    }
  }

  private record StoredDeleter(SourceStore store, Deleter deleter, boolean everything)
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
      List<String> values = everything ? List.of(EVERYTHING) : ids(key);
      StoreAccount account = store.account(scope);
      before(store, values, scope);
      try {
        return deleter.delete(key, scope);
      } finally {
        after(store, account, values, scope);
      }
    }
  }
}
