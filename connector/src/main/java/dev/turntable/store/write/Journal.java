package dev.turntable.store.write;

import dev.turntable.store.file.Micros;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What one account wrote to the service. From before a write until it is over, and for good if nobody
 * saw its end, nothing counts as young that was read of what it touches: until the service has had the
 * time that it takes.
 */
public final class Journal {
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
    run(
        "INSERT INTO journal VALUES (?, ?, ?, ?, ?, make_timestamp(?), make_timestamp(?), NULL, NULL)",
        account,
        entry.write(),
        entry.table(),
        entry.kind().name(),
        String.join(", ", entry.values()),
        Micros.of(entry.beganAt()),
        Micros.of(entry.overBy()));
    for (String value : entry.values()) {
      mark(value, entry.write(), entry.overBy());
    }
  }

  void end(Change.Written written) throws SQLException {
    run(
        "UPDATE journal SET outcome = ?, ended_at = make_timestamp(?) WHERE account = ? AND write = ?",
        written.outcome().name(),
        Micros.of(written.at()),
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

  private void run(String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.execute();
    }
  }
}
