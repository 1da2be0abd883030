package dev.turntable.store;

import dev.turntable.source.Ordering;
import dev.turntable.source.StatementScope;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the rows of one table out of the store: those that are known to be all of a key, or of a list. */
final class StoreReader {
  private static final String GIVEN = "(SELECT unnest(from_json(?, '[\"VARCHAR\"]')))";

  /** What was written later than it was read says nothing more. */
  private static final String UNTOUCHED =
      " AND NOT EXISTS (SELECT 1 FROM writes w WHERE w.account = r.account AND w.written_at >= r.read_at AND"
          + " (w.value = '*' OR r.key = '' OR list_contains(string_split(r.key, chr(31)), w.value)))";

  private final SourceStore store;
  private final RowTable table;

  /** All rows of a key or a list. */
  record Found(List<StoredRow> rows, Instant readAt) {}

  /** That all rows of something were read. */
  private record Known(String key, Instant readAt, long rows, boolean isFinal) {}

  /**
   * How much of what is asked is there.
   *
   * @param keys the texts of the keys that are
   * @param rows how many rows they have
   * @param readAt when the oldest was read, or null if nothing is there
   */
  record Summary(Set<String> keys, long rows, @Nullable Instant readAt) {}

  StoreReader(SourceStore store, RowTable table) {
    this.store = store;
    this.table = table;
  }

  /**
   * Returns the rows of those keys whose rows are all there.
   *
   * @param scope the columns of the keys
   * @param keys their texts
   * @param needed the columns that the rows must have
   * @param anyAge whether they may be of any age
   */
  Map<String, Found> find(
      StatementScope statement,
      StoreAccount account,
      String scope,
      Collection<String> keys,
      Set<String> needed,
      List<Ordering> order,
      boolean anyAge) {
    StoreFile.Waiting waiting = store.waiting(statement);
    store.file().writer().flush(waiting);
    return store
        .file()
        .read(
            waiting,
            connection -> {
              Integer number = account.find(connection);
              if (number == null) {
                return Map.of();
              }
              List<Known> known = known(connection, number, scope, keys, anyAge);
              return known.isEmpty() || !table.isThere(connection)
                  ? Map.of()
                  : rows(connection, number, scope, known, needed, order);
            });
  }

  /** Returns what {@link #find} would find, but for rows that lack a column. */
  Summary look(StoreAccount account, String scope, Collection<String> keys) {
    StoreFile.Waiting waiting = StoreFile.patient(java.time.Duration.ZERO);
    store.file().writer().flush(waiting);
    return store
        .file()
        .read(
            waiting,
            connection -> {
              Integer number = account.find(connection);
              List<Known> known =
                  number == null ? List.of() : known(connection, number, scope, keys, false);
              return new Summary(
                  known.stream().map(Known::key).collect(Collectors.toSet()),
                  known.stream().mapToLong(Known::rows).sum(),
                  known.stream().map(Known::readAt).min(Instant::compareTo).orElse(null));
            });
  }

  private List<Known> known(
      Connection connection, int account, String scope, Collection<String> keys, boolean anyAge)
      throws SQLException {
    List<Known> known = new ArrayList<>();
    String sql =
        "SELECT r.key, epoch_us(r.read_at), r.row_count, r.is_final FROM readings r WHERE r.account ="
            + " ? AND r.table_name = ? AND r.scope = ? AND r.key IN "
            + GIVEN
            + (anyAge ? "" : UNTOUCHED);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setInt(1, account);
      statement.setString(2, table.qualifiedName());
      statement.setString(3, scope);
      statement.setString(4, JsonText.array(keys));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          Known each =
              new Known(
                  rows.getString(1),
                  Micros.time(rows.getLong(2)),
                  rows.getLong(3),
                  rows.getBoolean(4));
          if (anyAge || store.isFresh(each.readAt(), each.isFinal())) {
            known.add(each);
          }
        }
      }
    }
    return known;
  }

  private Map<String, Found> rows(
      Connection connection,
      int account,
      String scope,
      List<Known> known,
      Set<String> needed,
      List<Ordering> order)
      throws SQLException {
    boolean list = scope.startsWith(Reading.listScope(""));
    Map<String, List<StoredRow>> byKey = new LinkedHashMap<>();
    try (PreparedStatement statement =
        connection.prepareStatement(list ? ofList(order) : ofKeys(scope, order))) {
      statement.setInt(1, account);
      if (list) {
        statement.setString(2, table.qualifiedName());
        statement.setString(3, scope);
      } else {
        statement.setString(2, JsonText.array(known.stream().map(Known::key).toList()));
      }
      try (ResultSet rows = statement.executeQuery()) {
        int keyAt = table.columns().size() + 4;
        while (rows.next()) {
          byKey
              .computeIfAbsent(rows.getString(keyAt), any -> new ArrayList<>())
              .add(table.read(rows));
        }
      }
    }
    Map<String, Found> found = new LinkedHashMap<>();
    for (Known each : known) {
      List<StoredRow> rows = byKey.getOrDefault(each.key(), List.of());
      if (rows.size() == each.rows() && rows.stream().allMatch(row -> has(row, needed))) {
        found.put(each.key(), new Found(rows, oldest(each.readAt(), rows)));
      }
    }
    return found;
  }

  private static Instant oldest(Instant readAt, List<StoredRow> rows) {
    return rows.stream()
        .map(StoredRow::readAt)
        .min(Instant::compareTo)
        .filter(readAt::isAfter)
        .orElse(readAt);
  }

  static boolean has(StoredRow row, Set<String> needed) {
    return row.leftOut().isEmpty()
        || Arrays.stream(row.leftOut().split(",", -1)).noneMatch(needed::contains);
  }

  /** Returns the text of the key of a row, in SQL. */
  static String keyOf(String scope) {
    return Arrays.stream(scope.split(",", -1))
        .map(column -> "CAST(" + Sql.name(column) + " AS VARCHAR)")
        .collect(Collectors.joining(" || chr(31) || "));
  }

  private String ofKeys(String scope, List<Ordering> order) {
    String key = keyOf(scope);
    return "SELECT "
        + table.selected()
        + ", "
        + key
        + " AS _asked FROM "
        + table.name()
        + " WHERE _account = ? AND "
        + key
        + " IN "
        + GIVEN
        + " ORDER BY "
        + orderBy(order, "_place");
  }

  private String ofList(List<Ordering> order) {
    return "SELECT "
        + table.selected().replaceFirst("_key", "t._key")
        + ", '' AS _asked FROM "
        + table.name()
        + " t JOIN members m ON m.account = t._account AND m.key = t._key WHERE t._account = ? AND"
        + " m.table_name = ? AND m.scope = ? ORDER BY "
        + orderBy(order, "m.place");
  }

  private static String orderBy(List<Ordering> order, String last) {
    StringBuilder by = new StringBuilder();
    for (Ordering each : order) {
      by.append(Sql.name(each.column()))
          .append(each.descending() ? " DESC NULLS FIRST, " : " ASC NULLS LAST, ");
    }
    return by.append(last).toString();
  }
}
