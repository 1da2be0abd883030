package dev.turntable.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes some changes, in the transaction of a connection: those of a kind together. */
final class ChangeWriter {
  private final Connection connection;
  private final @Nullable SyncTally tally;
  private final Map<StoreAccount, Integer> accounts = new HashMap<>();

  /**
   * @param tally counts what changes, or null
   */
  ChangeWriter(Connection connection, @Nullable SyncTally tally) {
    this.connection = connection;
    this.tally = tally;
  }

  /** Returns how many changes were written. */
  int write(List<Change> changes) throws SQLException {
    Map<StoreAccount, List<Change>> byAccount = new LinkedHashMap<>();
    for (Change change : changes) {
      byAccount.computeIfAbsent(change.account(), any -> new ArrayList<>()).add(change);
    }
    for (Map.Entry<StoreAccount, List<Change>> entry : byAccount.entrySet()) {
      int account = number(entry.getKey());
      name(account, only(entry.getValue(), Change.Named.class));
      state(account, only(entry.getValue(), Change.TaskRead.class));
      for (Change.Archived archived : only(entry.getValue(), Change.Archived.class)) {
        archive(account, archived);
      }
      for (Change.LogRead log : only(entry.getValue(), Change.LogRead.class)) {
        run("DELETE FROM logs WHERE account = ? AND worker = ?", account, log.worker());
        run(
            "INSERT INTO logs VALUES (?, ?, make_timestamp(?))",
            account,
            log.worker(),
            Micros.of(log.at()));
      }
      for (Change.Withdrawn withdrawn : only(entry.getValue(), Change.Withdrawn.class)) {
        run(
            "DELETE FROM named_tasks WHERE account = ? AND id = ? AND origin = 'created'",
            account,
            withdrawn.id());
      }
      rows(account, only(entry.getValue(), Change.Rows.class));
      Journal journal = new Journal(connection, account);
      for (Change change : entry.getValue()) {
        if (change instanceof Change.Intended intended) {
          journal.begin(intended.entry());
        } else if (change instanceof Change.Written written) {
          journal.end(written);
        }
      }
      Map<List<String>, Reading> readings = new LinkedHashMap<>();
      for (Change.Read read : only(entry.getValue(), Change.Read.class)) {
        Reading reading = read.reading();
        readings.put(
            List.of(reading.table().qualifiedName(), reading.scope(), reading.key()), reading);
      }
      read(account, List.copyOf(readings.values()));
      for (Change.ReadWindow window : only(entry.getValue(), Change.ReadWindow.class)) {
        window(account, window.reading());
      }
      RequestTable requests = new RequestTable(connection);
      requests.add(account, only(entry.getValue(), Change.Sent.class));
      for (Change.ForgottenRequests old : only(entry.getValue(), Change.ForgottenRequests.class)) {
        requests.forget(account, old.before());
        journal.forget(old.before());
      }
      for (Change.Forgotten forgotten : only(entry.getValue(), Change.Forgotten.class)) {
        forget(account, Micros.of(forgotten.before()));
      }
    }
    return changes.size();
  }

  private static <C extends Change> List<C> only(List<Change> changes, Class<C> kind) {
    return changes.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private int number(StoreAccount account) throws SQLException {
    Integer known = accounts.get(account);
    if (known == null) {
      known = account.number(connection);
      accounts.put(account, known);
    }
    return known;
  }

  /** What has another origin need not have been seen. */
  private void name(int account, List<Change.Named> named) throws SQLException {
    Map<List<String>, Change.Named> distinct = new LinkedHashMap<>();
    named.forEach(
        each ->
            distinct.merge(
                List.of(each.origin(), each.id()),
                each,
                (a, b) -> b.until().isAfter(a.until()) ? b : a));
    if (distinct.isEmpty()) {
      return;
    }
    StringBuilder json = new StringBuilder("[");
    for (Change.Named each : distinct.values()) {
      json.append(json.length() == 1 ? "{\"o\":" : ",{\"o\":");
      JsonText.append(json, each.origin());
      json.append(",\"i\":");
      JsonText.append(json, each.id());
      if (each.worker() != null) {
        json.append(",\"w\":");
        JsonText.append(json, each.worker());
      }
      json.append(",\"t\":").append(Micros.of(each.at()));
      json.append(",\"u\":").append(Micros.of(each.until())).append('}');
    }
    String given =
        "(SELECT unnest(from_json(?, '[{\"o\":\"VARCHAR\",\"i\":\"VARCHAR\",\"w\":\"VARCHAR\","
            + "\"t\":\"BIGINT\",\"u\":\"BIGINT\"}]'), max_depth := 2))";
    String text = json.append(']').toString();
    // First those with an origin of their own, then those that were only seen.
    for (String which : new String[] {"g.o <> 'seen'", "g.o = 'seen'"}) {
      run(
          "INSERT INTO named_tasks SELECT ?, g.o, g.i, g.w, make_timestamp(g.t), make_timestamp(g.u)"
              + " FROM "
              + given
              + " g WHERE "
              + which
              + " AND NOT EXISTS (SELECT 1 FROM named_tasks n WHERE n.account = ? AND n.id = g.i"
              + " AND (n.origin = g.o OR g.o = 'seen'))",
          account,
          text,
          account);
    }
    // What was gone and is named again is asked for again.
    run(
        "UPDATE named_tasks SET named_at = GREATEST(named_at, make_timestamp(g.u)) FROM "
            + given
            + " g WHERE account = ? AND id = g.i AND origin = g.o AND g.o <> 'seen'",
        text,
        account);
  }

  private void state(int account, List<Change.TaskRead> reads) throws SQLException {
    Map<String, Change.TaskRead> last = new LinkedHashMap<>();
    for (Change.TaskRead read : reads) {
      last.merge(read.id(), read, (a, b) -> a.at().isAfter(b.at()) ? a : b);
    }
    if (last.isEmpty()) {
      return;
    }
    StringBuilder json = new StringBuilder("[");
    for (Change.TaskRead each : last.values()) {
      json.append(json.length() == 1 ? "{\"i\":" : ",{\"i\":");
      JsonText.append(json, each.id());
      if (each.worker() != null) {
        json.append(",\"w\":");
        JsonText.append(json, each.worker());
      }
      json.append(",\"f\":").append(each.found());
      json.append(",\"t\":").append(Micros.of(each.at())).append('}');
    }
    run(
        "MERGE INTO task_states t USING (SELECT unnest(from_json(?, '[{\"i\":\"VARCHAR\","
            + "\"w\":\"VARCHAR\",\"f\":\"BOOLEAN\",\"t\":\"BIGINT\"}]'), max_depth := 2)) s"
            + " ON t.account = ? AND t.id = s.i"
            + " WHEN MATCHED AND t.last_read > make_timestamp(s.t) THEN DO NOTHING"
            + " WHEN MATCHED THEN UPDATE SET last_read = make_timestamp(s.t), found = s.f,"
            + " worker = COALESCE(s.w, t.worker)"
            + " WHEN NOT MATCHED THEN INSERT VALUES (?, s.i, make_timestamp(s.t), s.f, s.w, NULL)",
        json.append(']').toString(),
        account,
        account);
  }

  private void archive(int account, Change.Archived archived) throws SQLException {
    run(
        "MERGE INTO task_states t USING (SELECT ? AS i, make_timestamp(?) AS a) s"
            + " ON t.account = ? AND t.id = s.i"
            + " WHEN MATCHED THEN UPDATE SET archived_at = s.a"
            + " WHEN NOT MATCHED THEN INSERT VALUES (?, s.i, NULL, NULL, NULL, s.a)",
        archived.id(),
        Micros.of(archived.at()),
        account,
        account);
  }

  private void rows(int account, List<Change.Rows> changes) throws SQLException {
    Map<String, RowTable> tables = new LinkedHashMap<>();
    Map<String, Map<String, RowTable.Staged>> rows = new LinkedHashMap<>();
    for (Change.Rows change : changes) {
      tables.put(change.table().qualifiedName(), change.table());
      Map<String, RowTable.Staged> byKey =
          rows.computeIfAbsent(change.table().qualifiedName(), any -> new LinkedHashMap<>());
      for (RowTable.Kept row : change.kept()) {
        byKey.merge(
            row.key(),
            new RowTable.Staged(
                row, change.readAt(), change.table().leftOutText(), change.listed()),
            ChangeWriter::younger);
      }
    }
    for (Map.Entry<String, RowTable> entry : tables.entrySet()) {
      List<RowTable.Staged> staged =
          List.copyOf(java.util.Objects.requireNonNull(rows.get(entry.getKey())).values());
      if (!staged.isEmpty()) {
        entry.getValue().write(connection, account, staged, tally);
      }
    }
  }

  /** What a list shows stays shown if something else read it again in the same moment. */
  private static RowTable.Staged younger(RowTable.Staged a, RowTable.Staged b) {
    RowTable.Staged young = a.readAt().isAfter(b.readAt()) ? a : b;
    return new RowTable.Staged(
        young.row(), young.readAt(), young.leftOut(), a.listed() || b.listed());
  }

  /** What was of the span and did not come is there, or on the list, no more. */
  private void window(int account, WindowReading reading) throws SQLException {
    RowTable table = reading.table();
    TimeSpan span = reading.span();
    long readAt = Micros.of(reading.readAt());
    table.prepare(connection);
    String time = Sql.name(reading.timeColumn());
    String within =
        " WHERE _account = ? AND "
            + time
            + " >= make_timestamp(?) AND "
            + time
            + " < make_timestamp(?) AND ";
    if (reading.isList()) {
      countGone(
          run(
              "UPDATE "
                  + table.name()
                  + " SET _listed = NULL"
                  + within
                  + "_listed < make_timestamp(?)",
              account,
              Micros.of(span.from()),
              Micros.of(span.to()),
              readAt));
    } else {
      run(
          "DELETE FROM "
              + table.name()
              + within
              + "_read_at < make_timestamp(?) AND "
              + StoreReader.keyOf(reading.scope())
              + " = ?",
          account,
          Micros.of(span.from()),
          Micros.of(span.to()),
          readAt,
          reading.key());
    }
    Window window = Window.of(span, reading.readAt(), youngest(account, reading));
    WindowTable windows =
        new WindowTable(connection, account, table.qualifiedName(), reading.scope(), reading.key());
    windows.removeWithin(window);
    windows.add(window, reading.rows());
  }

  private Instant youngest(int account, WindowReading reading) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT epoch_us(MAX("
                + Sql.name(reading.timeColumn())
                + ")) FROM "
                + reading.table().name()
                + " WHERE _account = ?")) {
      statement.setInt(1, account);
      try (ResultSet row = statement.executeQuery()) {
        long micros = row.next() ? row.getLong(1) : 0;
        return row.wasNull() ? reading.span().from() : Micros.time(micros);
      }
    }
  }

  /** First what speaks for the rows, which then are no longer all. */
  private void forget(int account, long before) throws SQLException {
    for (String table : new String[] {"readings", "windows"}) {
      run(
          "DELETE FROM " + table + " WHERE account = ? AND read_at < make_timestamp(?)",
          account,
          before);
    }
    for (String table : rowTables()) {
      run(
          "DELETE FROM " + Sql.name(table) + " WHERE _account = ? AND _read_at < make_timestamp(?)",
          account,
          before);
    }
  }

  private List<String> rowTables() throws SQLException {
    List<String> tables = new ArrayList<>();
    try (PreparedStatement statement =
            connection.prepareStatement(
                "SELECT table_name FROM duckdb_tables() WHERE database_name = 'store' AND table_name"
                    + " LIKE 'rows %'");
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        tables.add(rows.getString(1));
      }
    }
    return tables;
  }

  private void read(int account, List<Reading> readings) throws SQLException {
    if (readings.isEmpty()) {
      return;
    }
    StringBuilder json = new StringBuilder("[");
    for (Reading each : readings) {
      json.append(json.length() == 1 ? "{\"n\":" : ",{\"n\":");
      JsonText.append(json, each.table().qualifiedName());
      json.append(",\"s\":");
      JsonText.append(json, each.scope());
      json.append(",\"k\":");
      JsonText.append(json, each.key());
      json.append(",\"l\":");
      JsonText.append(json, each.leftOut());
      json.append(",\"f\":").append(each.isFinal());
      json.append(",\"r\":").append(each.rows());
      json.append(",\"t\":").append(Micros.of(each.readAt())).append('}');
    }
    run(
        "CREATE OR REPLACE TEMP TABLE new_readings (n VARCHAR, s VARCHAR, k VARCHAR, l VARCHAR,"
            + " f BOOLEAN, r BIGINT, t TIMESTAMP)");
    run(
        "INSERT INTO temp.main.new_readings SELECT n, s, k, l, f, r, make_timestamp(t) FROM (SELECT"
            + " unnest(from_json(?, '[{\"n\":\"VARCHAR\",\"s\":\"VARCHAR\",\"k\":\"VARCHAR\","
            + "\"l\":\"VARCHAR\",\"f\":\"BOOLEAN\",\"r\":\"BIGINT\",\"t\":\"BIGINT\"}]'),"
            + " max_depth := 2))",
        json.append(']').toString());
    // What was read before another reading began says nothing more.
    run(
        "DELETE FROM temp.main.new_readings g WHERE EXISTS (SELECT 1 FROM readings r WHERE"
            + " r.account = ? AND r.table_name = g.n AND r.scope = g.s AND r.key = g.k"
            + " AND r.read_at > g.t)",
        account);
    run(
        "DELETE FROM readings r USING temp.main.new_readings g WHERE r.account = ?"
            + " AND r.table_name = g.n AND r.scope = g.s AND r.key = g.k",
        account);
    run(
        "INSERT INTO readings SELECT ?, n, s, k, t, l, r, f FROM temp.main.new_readings WHERE r > 0"
            + " OR s LIKE 'list %'",
        account);
    for (Reading each : readings) {
      if (each.isList()) {
        members(account, each);
      }
    }
    removeGone(account, readings);
  }

  /** What is of a key and did not come when all of that key was read is there no more. */
  private void removeGone(int account, List<Reading> readings) throws SQLException {
    Map<String, Reading> one = new LinkedHashMap<>();
    for (Reading each : readings) {
      if (!each.isList()) {
        one.put(each.table().qualifiedName() + " " + each.scope(), each);
      }
    }
    for (Reading each : one.values()) {
      each.table().prepare(connection);
      countGone(
          run(
              "DELETE FROM "
                  + each.table().name()
                  + " t USING temp.main.new_readings g WHERE t._account = ? AND g.n = ? AND g.s = ?"
                  + " AND t._read_at < g.t AND g.k = "
                  + keyOf(each.scope()),
              account,
              each.table().qualifiedName(),
              each.scope()));
    }
  }

  private static String keyOf(String scope) {
    List<String> columns = new ArrayList<>();
    for (String column : scope.split(",", -1)) {
      columns.add("CAST(t." + Sql.name(column) + " AS VARCHAR)");
    }
    return String.join(" || chr(31) || ", columns);
  }

  private void members(int account, Reading list) throws SQLException {
    String table = list.table().qualifiedName();
    run(
        "DELETE FROM members WHERE account = ? AND table_name = ? AND scope = ?",
        account,
        table,
        list.scope());
    run(
        "INSERT INTO members SELECT ?, ?, ?, k, ROW_NUMBER() OVER () FROM (SELECT"
            + " unnest(from_json(?, '[\"VARCHAR\"]')) AS k)",
        account,
        table,
        list.scope(),
        JsonText.array(list.members()));
  }

  private void countGone(int rows) {
    if (tally != null) {
      tally.countGone(rows);
    }
  }

  /** Returns how many rows it changed. */
  private int run(String sql, @Nullable Object... values) throws SQLException {
    if (values.length == 0) {
      StoreFile.execute(connection, sql);
      return 0;
    }
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      return statement.executeUpdate();
    }
  }
}
