package dev.turntable.store.write;

import dev.turntable.store.file.JsonText;
import dev.turntable.store.file.Micros;
import dev.turntable.store.file.Sql;
import dev.turntable.store.table.KeyText;
import dev.turntable.store.table.Reading;
import dev.turntable.store.table.RowTable;
import dev.turntable.store.table.TimeSpan;
import dev.turntable.store.table.Window;
import dev.turntable.store.table.WindowReading;
import dev.turntable.store.table.WindowTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What tells that rows of an account are all: of a key, a list or a span of time. */
final class ReadingTables {
  private final Connection connection;
  private final int account;
  private final @Nullable SyncTally tally;

  /**
   * @param tally counts what is gone, or null
   */
  ReadingTables(Connection connection, int account, @Nullable SyncTally tally) {
    this.connection = connection;
    this.account = account;
    this.tally = tally;
  }

  /** Notes what was read, and removes the rows that were not there any more. */
  void read(List<Reading> readings) throws SQLException {
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
    Sql.execute(
        connection,
        "CREATE OR REPLACE TEMP TABLE new_readings (n VARCHAR, s VARCHAR, k VARCHAR, l VARCHAR,"
            + " f BOOLEAN, r BIGINT, t TIMESTAMP)");
    Sql.run(
        connection,
        "INSERT INTO temp.main.new_readings SELECT n, s, k, l, f, r, make_timestamp(t) FROM (SELECT"
            + " unnest(from_json(?, '[{\"n\":\"VARCHAR\",\"s\":\"VARCHAR\",\"k\":\"VARCHAR\","
            + "\"l\":\"VARCHAR\",\"f\":\"BOOLEAN\",\"r\":\"BIGINT\",\"t\":\"BIGINT\"}]'),"
            + " max_depth := 2))",
        json.append(']').toString());
    // What was read before another reading began says nothing more.
    Sql.run(
        connection,
        "DELETE FROM temp.main.new_readings g WHERE EXISTS (SELECT 1 FROM readings r WHERE"
            + " r.account = ? AND r.table_name = g.n AND r.scope = g.s AND r.key = g.k"
            + " AND r.read_at > g.t)",
        account);
    Sql.run(
        connection,
        "DELETE FROM readings r USING temp.main.new_readings g WHERE r.account = ?"
            + " AND r.table_name = g.n AND r.scope = g.s AND r.key = g.k",
        account);
    Sql.run(
        connection,
        "INSERT INTO readings SELECT ?, n, s, k, t, l, r, f FROM temp.main.new_readings WHERE r > 0"
            + " OR s LIKE 'list %'",
        account);
    for (Reading each : readings) {
      if (each.isList()) {
        members(each);
      }
    }
    removeGone(readings);
  }

  /** What is of a key and did not come when all of that key was read is there no more. */
  private void removeGone(List<Reading> readings) throws SQLException {
    Map<String, Reading> one = new LinkedHashMap<>();
    for (Reading each : readings) {
      if (!each.isList()) {
        one.put(each.table().qualifiedName() + " " + each.scope(), each);
      }
    }
    for (Reading each : one.values()) {
      each.table().prepare(connection);
      countGone(
          Sql.run(
              connection,
              "DELETE FROM "
                  + each.table().name()
                  + " t USING temp.main.new_readings g WHERE t._account = ? AND g.n = ? AND g.s = ?"
                  + " AND t._read_at < g.t AND g.k = "
                  + KeyText.sqlOfRow(each.scope()),
              account,
              each.table().qualifiedName(),
              each.scope()));
    }
  }

  private void members(Reading list) throws SQLException {
    String table = list.table().qualifiedName();
    Sql.run(
        connection,
        "DELETE FROM members WHERE account = ? AND table_name = ? AND scope = ?",
        account,
        table,
        list.scope());
    Sql.run(
        connection,
        "INSERT INTO members SELECT ?, ?, ?, k, ROW_NUMBER() OVER () FROM (SELECT"
            + " unnest(from_json(?, '[\"VARCHAR\"]')) AS k)",
        account,
        table,
        list.scope(),
        JsonText.array(list.members()));
  }

  /** What was of the span and did not come is there, or on the list, no more. */
  void window(WindowReading reading) throws SQLException {
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
          Sql.run(
              connection,
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
      Sql.run(
          connection,
          "DELETE FROM "
              + table.name()
              + within
              + "_read_at < make_timestamp(?) AND "
              + KeyText.sql(reading.scope())
              + " = ?",
          account,
          Micros.of(span.from()),
          Micros.of(span.to()),
          readAt,
          reading.key());
    }
    Window window = Window.of(span, reading.readAt(), youngest(reading));
    WindowTable windows =
        new WindowTable(connection, account, table.qualifiedName(), reading.scope(), reading.key());
    windows.removeWithin(window);
    windows.add(window, reading.rows());
  }

  private Instant youngest(WindowReading reading) throws SQLException {
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

  /** Forgets what was read before then. */
  void forget(long before) throws SQLException {
    for (String table : new String[] {"readings", "windows"}) {
      Sql.run(
          connection,
          "DELETE FROM " + table + " WHERE account = ? AND read_at < make_timestamp(?)",
          account,
          before);
    }
  }

  private void countGone(int rows) {
    if (tally != null) {
      tally.countGone(rows);
    }
  }
}
