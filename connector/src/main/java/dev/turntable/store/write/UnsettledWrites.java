package dev.turntable.store.write;

import dev.turntable.source.Inserter;
import dev.turntable.store.file.Micros;
import dev.turntable.store.file.Sql;
import dev.turntable.store.table.Reading;
import dev.turntable.store.table.RowTable;
import dev.turntable.store.table.WindowReading;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The writes of an account whose outcome nobody saw, settled by what is read later: a row under its key
 * is there, or is missing when the service has had its time; of rows that the service numbers exactly one
 * is new, was given the same and made since. All else stays unknown.
 */
final class UnsettledWrites {
  private static final String OPEN =
      "SELECT write, touched, epoch_us(began_at), epoch_us(over_by), outcome, made, shown_in,"
          + " parent_column, parent, content_column, content, time_column, earlier FROM journal WHERE"
          + " account = ? AND kind = 'INSERT' AND (outcome IS NULL OR outcome = 'UNKNOWN') AND (made IS"
          + " NOT NULL OR earlier IS NOT NULL)";

  /** Other writes that may have made the row: as the same ones, and nobody knows what they made. */
  private static final String RIVALS =
      "SELECT COUNT(*) FROM journal WHERE account = ? AND write <> ? AND shown_in = ? AND parent = ? AND"
          + " content = ? AND made IS NULL AND outcome IS DISTINCT FROM 'NOT_DONE' AND began_at <="
          + " make_timestamp(?) AND (CASE outcome WHEN 'DONE' THEN ended_at ELSE over_by END) >="
          + " make_timestamp(?)";

  private final Connection connection;
  private final int account;

  private record Open(
      String write,
      List<String> touched,
      Instant began,
      Instant overBy,
      boolean ended,
      @Nullable String made,
      @Nullable String table,
      String parentColumn,
      String parent,
      String contentColumn,
      @Nullable String content,
      String timeColumn,
      boolean traceable) {
    /** Returns whether what was read then tells of it: it may be under way in some process. */
    boolean isToldOf(Instant readAt) {
      return readAt.isAfter(ended ? began : overBy);
    }
  }

  UnsettledWrites(Connection connection, int account) {
    this.connection = connection;
    this.account = account;
  }

  /** Settles what these changes tell of, after they were written, each by what settles it. */
  void settle(List<Change> changes, Journal journal) throws SQLException {
    if (changes.stream().noneMatch(UnsettledWrites::tells)) {
      return;
    }
    for (Open write : open()) {
      for (Change change : changes) {
        Change.Written outcome = outcome(write, change);
        if (outcome != null) {
          journal.end(outcome);
          break;
        }
      }
    }
  }

  private static boolean tells(Change change) {
    return change instanceof Change.TaskRead
        || change instanceof Change.Read
        || change instanceof Change.ReadWindow;
  }

  private Change.@Nullable Written outcome(Open write, Change change) throws SQLException {
    if (change instanceof Change.TaskRead read && read.id().equals(write.made())) {
      if (!write.isToldOf(read.at()) || (!read.found() && read.at().isBefore(write.overBy()))) {
        return null;
      }
      JournalEntry.Outcome outcome =
          read.found() ? JournalEntry.Outcome.DONE : JournalEntry.Outcome.NOT_DONE;
      return written(change, write, read.at(), outcome, read.id());
    }
    if (!write.traceable() || write.content() == null) {
      return null;
    }
    Instant readAt = readAt(write, change);
    RowTable table = change instanceof Change.Read read ? read.reading().table() : null;
    if (change instanceof Change.ReadWindow window) {
      table = window.reading().table();
    }
    if (readAt == null || table == null || !write.isToldOf(readAt)) {
      return null;
    }
    String row = onlyCandidate(write, table);
    return row == null ? null : written(change, write, readAt, JournalEntry.Outcome.DONE, row);
  }

  private static Change.Written written(
      Change change, Open write, Instant readAt, JournalEntry.Outcome outcome, String made) {
    return new Change.Written(
        change.account(),
        write.write(),
        write.touched(),
        readAt.minus(1, ChronoUnit.MICROS), // what was read then has it
        outcome,
        made);
  }

  /** Returns when all rows were read among which that of the write is, or null if they were not. */
  private static @Nullable Instant readAt(Open write, Change change) {
    if (change instanceof Change.Read read) {
      Reading reading = read.reading();
      return reading.table().qualifiedName().equals(write.table())
              && reading.scope().equals(write.parentColumn())
              && reading.key().equals(write.parent())
          ? reading.readAt()
          : null;
    }
    if (change instanceof Change.ReadWindow window) {
      WindowReading reading = window.reading();
      Instant to = reading.readAt().isBefore(write.overBy()) ? reading.readAt() : write.overBy();
      return reading.table().qualifiedName().equals(write.table())
              && reading.timeColumn().equals(write.timeColumn())
              && (reading.isList() || reading.key().equals(write.parent()))
              && !reading.span().from().isAfter(second(write.began()))
              && !reading.span().to().isBefore(to)
          ? reading.readAt()
          : null;
    }
    return null;
  }

  /** Some services tell times by the second. */
  private static Instant second(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS);
  }

  private @Nullable String onlyCandidate(Open write, RowTable table) throws SQLException {
    if (!table.isThere(connection)) {
      return null;
    }
    List<String> same = new ArrayList<>();
    query(
        "SELECT t._key, t."
            + Sql.name(write.contentColumn())
            + " FROM "
            + table.name()
            + " t WHERE t._account = ? AND t."
            + Sql.name(write.parentColumn())
            + " = ? AND t."
            + Sql.name(write.timeColumn())
            + " BETWEEN make_timestamp(?) AND make_timestamp(?) AND NOT EXISTS (SELECT 1 FROM journal j"
            + " WHERE j.account = t._account AND (j.made = t._key OR (j.write = ? AND"
            + " list_contains(from_json(j.earlier, '[\"VARCHAR\"]'), t._key))))",
        row -> same.add(candidate(write, table, row)),
        account,
        write.parent(),
        Micros.of(second(write.began())),
        Micros.of(write.overBy()),
        write.write());
    same.removeIf(String::isEmpty);
    return same.size() == 1 && rivals(write) == 0 ? same.get(0) : null;
  }

  private String candidate(Open write, RowTable table, ResultSet row) throws SQLException {
    String content = row.getString(2);
    Inserter inserter = table.table().inserter();
    boolean same =
        content != null
            && inserter != null
            && ContentHash.of(connection, inserter.traceContent(content)).equals(write.content());
    return same ? row.getString(1) : "";
  }

  private long rivals(Open write) throws SQLException {
    List<Long> count = new ArrayList<>();
    query(
        RIVALS,
        row -> count.add(row.getLong(1)),
        account,
        write.write(),
        write.table(),
        write.parent(),
        write.content(),
        Micros.of(write.overBy()),
        Micros.of(second(write.began())));
    return count.get(0);
  }

  private List<Open> open() throws SQLException {
    List<Open> open = new ArrayList<>();
    query(
        OPEN,
        row ->
            open.add(
                new Open(
                    row.getString(1),
                    List.of(row.getString(2).split(", ", -1)),
                    Micros.time(row.getLong(3)),
                    Micros.time(row.getLong(4)),
                    row.getString(5) != null,
                    row.getString(6),
                    row.getString(7),
                    String.valueOf(row.getString(8)),
                    String.valueOf(row.getString(9)),
                    String.valueOf(row.getString(10)),
                    row.getString(11),
                    String.valueOf(row.getString(12)),
                    row.getString(13) != null)),
        account);
    return open;
  }

  @FunctionalInterface
  private interface RowReader {
    void read(ResultSet row) throws SQLException;
  }

  private void query(String sql, RowReader reader, @Nullable Object... values) throws SQLException {
    try (PreparedStatement statement = Sql.prepare(connection, sql, values);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        reader.read(rows);
      }
    }
  }
}
