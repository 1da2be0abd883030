package dev.turntable.store.write;

import dev.turntable.source.WriteTrace;
import dev.turntable.store.file.JsonText;
import dev.turntable.store.file.Micros;
import dev.turntable.store.file.Sql;
import dev.turntable.store.table.RowTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one account wrote to the service. From before a write until it is over, and for good if nobody
 * saw its end, nothing counts as young that was read of what it touches: until the service has had the
 * time that it takes.
 */
public final class Journal {
  private static final String BEGIN =
      "INSERT INTO journal (account, write, table_name, kind, touched, began_at, over_by, made, shown_in,"
          + " parent_column, parent, content_column, content, time_column, earlier) VALUES (?, ?, ?, ?,"
          + " ?, make_timestamp(?), make_timestamp(?), ?, ?, ?, ?, ?, ?, ?, ?)";

  /** How far the clocks of two machines may differ. */
  private static final Duration RECENT = Duration.ofDays(1);

  private static final String UNSETTLED =
      "SELECT table_name, kind, touched, epoch_us(began_at) FROM journal WHERE account = ? AND (outcome ="
          + " 'UNKNOWN' OR (outcome IS NULL AND over_by < make_timestamp(?))) ORDER BY began_at";

  private final Connection connection;
  private final int account;

  /**
   * A write of which nobody knows whether it was carried out.
   *
   * @param values what it touched
   */
  public record Unsettled(String table, String kind, String values, Instant beganAt) {
    public boolean touches(List<String> others) {
      List<String> own = List.of(values.split(", ", -1));
      return others.stream()
          .anyMatch(each -> !each.equals(JournalEntry.EVERYTHING) && own.contains(each));
    }

    /** Returns it in words. */
    @Override
    public String toString() {
      return kind + " of " + values + " at " + beganAt;
    }
  }

  public Journal(Connection connection, int account) {
    this.connection = connection;
    this.account = account;
  }

  void begin(JournalEntry entry) throws SQLException {
    WriteTrace trace = entry.evidence().trace();
    List<@Nullable Object> values = new ArrayList<>();
    values.add(account);
    values.add(entry.write());
    values.add(entry.table());
    values.add(entry.kind().name());
    values.add(String.join(", ", entry.values()));
    values.add(Micros.of(entry.beganAt()));
    values.add(Micros.of(entry.overBy()));
    values.addAll(
        entry.evidence().noted(trace == null ? null : ContentHash.of(connection, trace.content())));
    values.add(trace == null ? null : earlier(trace, entry.beganAt()));
    Sql.run(connection, BEGIN, values.toArray());
    for (String value : entry.values()) {
      mark(value, entry.write(), entry.overBy());
    }
  }

  /**
   * Returns the keys of the rows of the same parent that are kept, as JSON, or null if it is not known
   * that they are all. Older ones are told from that of the write by their time.
   */
  private @Nullable String earlier(WriteTrace trace, Instant began) throws SQLException {
    String rows = RowTable.nameOf(trace.table());
    if (!Sql.isThere(connection, rows)) {
      return null;
    }
    String sql =
        "SELECT to_json(COALESCE(list(_key), []::VARCHAR[])) FROM "
            + Sql.name(rows)
            + " WHERE _account = ? AND "
            + Sql.name(trace.parentColumn())
            + " = ? AND COALESCE("
            + Sql.name(trace.timeColumn())
            + " >= make_timestamp(?), TRUE) HAVING EXISTS (SELECT 1 FROM readings WHERE account = ? AND"
            + " table_name = ? AND scope = ? AND key = ?) OR EXISTS (SELECT 1 FROM windows WHERE account"
            + " = ? AND table_name = ? AND key IN ('', ?))";
    try (PreparedStatement statement =
            Sql.prepare(
                connection,
                sql,
                account,
                trace.parent(),
                Micros.of(began.minus(RECENT)),
                account,
                trace.table(),
                trace.parentColumn(),
                trace.parent(),
                account,
                trace.table(),
                trace.parent());
        ResultSet row = statement.executeQuery()) {
      return row.next() ? row.getString(1) : null;
    }
  }

  void foundBefore(Change.FoundBefore found) throws SQLException {
    run(
        "UPDATE journal SET earlier = ? WHERE account = ? AND write = ?",
        JsonText.array(found.earlier()),
        account,
        found.write());
  }

  void end(Change.Written written) throws SQLException {
    run(
        "UPDATE journal SET outcome = ?, ended_at = make_timestamp(?), made = COALESCE(?, made) WHERE"
            + " account = ? AND write = ?",
        written.outcome().name(),
        Micros.of(written.at()),
        written.made(),
        account,
        written.write());
    if (written.outcome() == JournalEntry.Outcome.UNKNOWN) {
      return; // it may be carried out yet
    }
    run("DELETE FROM writes WHERE account = ? AND write = ?", account, written.write());
    for (String value : written.values()) {
      run(
          "DELETE FROM writes WHERE account = ? AND value = ? AND written_at <= make_timestamp(?)",
          account,
          value,
          Micros.of(written.at()));
      mark(value, written.write(), written.at());
    }
  }

  private void mark(String value, String write, Instant at) throws SQLException {
    run(
        "INSERT INTO writes (account, value, written_at, write) VALUES (?, ?, make_timestamp(?), ?)",
        account,
        value,
        Micros.of(at),
        write);
  }

  void forget(Instant before) throws SQLException {
    run(
        "DELETE FROM journal WHERE account = ? AND began_at < make_timestamp(?)",
        account,
        Micros.of(before));
  }

  /** Returns the writes of unknown outcome, oldest first. */
  public List<Unsettled> unsettled(Instant now) throws SQLException {
    List<Unsettled> unsettled = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(UNSETTLED)) {
      statement.setInt(1, account);
      statement.setLong(2, Micros.of(now));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          unsettled.add(
              new Unsettled(
                  rows.getString(1),
                  rows.getString(2),
                  rows.getString(3),
                  Micros.time(rows.getLong(4))));
        }
      }
    }
    return unsettled;
  }

  private void run(String sql, @Nullable Object... values) throws SQLException {
    Sql.run(connection, sql, values);
  }
}
