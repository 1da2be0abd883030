package dev.turntable.store;

import dev.turntable.source.CoverageRecord;
import dev.turntable.store.file.Micros;
import dev.turntable.store.file.StoreFile;
import dev.turntable.store.file.Waiting;
import dev.turntable.store.table.Reading;
import dev.turntable.store.table.StoreAccount;
import dev.turntable.store.table.TimeSpan;
import dev.turntable.store.write.Journal;
import dev.turntable.store.write.StoreWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells in words what a store has of some accounts, how old it is and how large. */
final class StoreCoverage {
  private static final String KEYS =
      "SELECT table_name, scope, COUNT(*), SUM(row_count), epoch_us(MIN(read_at)) FROM readings WHERE"
          + " account = ? GROUP BY table_name, scope ORDER BY table_name, scope";

  private static final String WINDOWS =
      "SELECT table_name, key, epoch_us(from_time), epoch_us(to_time), epoch_us(read_at), row_count FROM"
          + " windows WHERE account = ? ORDER BY table_name, key, from_time";

  private final Connection connection;
  private final List<CoverageRecord> records = new ArrayList<>();

  private StoreCoverage(Connection connection) {
    this.connection = connection;
  }

  static List<CoverageRecord> read(StoreFile file, List<StoreAccount> accounts, Instant now) {
    Waiting waiting = Waiting.patient(java.time.Duration.ofSeconds(1));
    StoreWriter.of(file).flush(waiting);
    return file.read(
        waiting,
        connection -> {
          StoreCoverage coverage = new StoreCoverage(connection);
          for (StoreAccount account : accounts) {
            Integer number = account.find(connection);
            if (number != null) {
              coverage.keys(number);
              coverage.windows(number);
              coverage.unsettled(number, now);
            }
          }
          coverage.size(file.paths().database(), now);
          return coverage.records;
        });
  }

  private void keys(int account) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(KEYS)) {
      statement.setInt(1, account);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          boolean list = rows.getString(2).startsWith(Reading.listScope(""));
          String scope =
              list
                  ? "store: " + rows.getString(2).substring(Reading.listScope("").length())
                  : "store: " + rows.getLong(3) + " keys of " + rows.getString(2);
          add(rows.getString(1), scope, null, rows.getLong(5), rows.getLong(4), !list);
        }
      }
    }
  }

  private void windows(int account) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(WINDOWS)) {
      statement.setInt(1, account);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          TimeSpan span = new TimeSpan(Micros.time(rows.getLong(3)), Micros.time(rows.getLong(4)));
          boolean list = rows.getString(2).isEmpty();
          String scope = list ? "store: the project's list" : "store: " + rows.getString(2);
          add(rows.getString(1), scope, span, rows.getLong(5), rows.getLong(6), !list);
        }
      }
    }
  }

  private void unsettled(int account, Instant now) throws SQLException {
    for (Journal.Unsettled write : new Journal(connection, account).unsettled(now)) {
      String scope = "store: not known whether it was carried out: " + write;
      add(write.table(), scope, null, Micros.of(write.beganAt()), 0, false);
    }
  }

  private void add(
      String table,
      String scope,
      @Nullable TimeSpan span,
      long readAt,
      long rows,
      boolean exhaustive) {
    int dot = table.indexOf('.');
    records.add(
        new CoverageRecord(
                table.substring(0, dot),
                table.substring(dot + 1),
                scope,
                Micros.time(readAt),
                rows,
                exhaustive)
            .within(
                span == null || span.from().equals(TimeSpan.ALL.from()) ? null : span.from(),
                span == null || span.to().equals(TimeSpan.ALL.to()) ? null : span.to()));
  }

  private void size(Path database, Instant now) throws SQLException {
    long bytes = database.toFile().length();
    records.add(
        new CoverageRecord(
            "turntable",
            "store",
            "store: a file of " + mib(bytes) + ", " + mib(used()) + " in use" + place(database),
            now,
            0,
            true));
  }

  /** What was deleted leaves room in the file, which is used again. */
  private long used() throws SQLException {
    try (PreparedStatement statement =
            connection.prepareStatement(
                "SELECT used_blocks * block_size FROM pragma_database_size() WHERE database_name ="
                    + " 'store'");
        ResultSet row = statement.executeQuery()) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  private static String mib(long bytes) {
    return (bytes + (1 << 20) - 1) / (1 << 20) + " MiB";
  }

  private static String place(Path database) {
    return Files.exists(database) ? ", in " + database.getParent() : "";
  }
}
