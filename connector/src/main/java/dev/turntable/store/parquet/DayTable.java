package dev.turntable.store.parquet;

import dev.turntable.store.file.Sql;
import dev.turntable.store.table.TimeSpan;
import dev.turntable.store.table.Window;
import dev.turntable.store.table.WindowTable;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The days of a table in the store.
 *
 * @param account the number of its account
 */
record DayTable(Connection connection, int account, ParquetTable table) {
  /** Returns those that are to be written, in order. */
  List<ParquetDay> all() throws SQLException {
    if (!Sql.isThere(connection, table.rows())) {
      return List.of();
    }
    List<TimeSpan> unread = unread(Window::span);
    List<ParquetDay> days = new ArrayList<>();
    for (ParquetDay day : where("TRUE")) {
      if (isWhole(day, unread)) {
        days.add(day);
      }
    }
    return days;
  }

  /** Returns what there is now of a day, or null if there is nothing. */
  @Nullable ParquetDay find(String day) throws SQLException {
    List<ParquetDay> found = where(of(day));
    return found.isEmpty() ? null : found.get(0);
  }

  private List<ParquetDay> where(String condition) throws SQLException {
    List<ParquetDay> days = new ArrayList<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT "
                + table.day()
                + ", COUNT(*), format('{:016x}', bit_xor(hash(_key, _hash, _left_out))) FROM "
                + Sql.name(table.rows())
                + " WHERE _account = ? AND "
                + condition
                + " GROUP BY 1 ORDER BY 1")) {
      statement.setInt(1, account);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          String day = rows.getString(1);
          days.add(
              new ParquetDay(
                  table.account().service(),
                  table.name(),
                  day == null ? ParquetDay.NONE : day,
                  "",
                  rows.getLong(2),
                  rows.getString(3)));
        }
      }
    }
    return days;
  }

  /** Writes the rows of a day to a file. */
  void copy(String day, Path file) throws SQLException {
    String order = table.time() == null ? "_key" : Sql.name(table.time()) + ", _key";
    try (PreparedStatement statement =
        connection.prepareStatement(
            "COPY (SELECT "
                + table.values()
                + " FROM "
                + Sql.name(table.rows())
                + " WHERE _account = "
                + account
                + " AND "
                + of(day)
                + " ORDER BY "
                + order
                + ") TO "
                + Sql.text(file.toString())
                + " (FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false)")) {
      statement.execute();
    }
  }

  /** A condition on the time itself, by which DuckDB leaves out what it need not read. */
  private String of(String day) {
    String time = table.time();
    if (time == null) {
      return "TRUE";
    }
    if (day.equals(ParquetDay.NONE)) {
      return Sql.name(time) + " IS NULL";
    }
    return Sql.name(time)
        + " >= "
        + timestamp(LocalDate.parse(day))
        + " AND "
        + Sql.name(time)
        + " < "
        + timestamp(LocalDate.parse(day).plusDays(1));
  }

  private static String timestamp(LocalDate day) {
    return "TIMESTAMP '" + day + " 00:00:00'";
  }

  /** Returns up to when every row of a history is there for good, or null. */
  @Nullable Instant settledTo() throws SQLException {
    List<TimeSpan> unsettled = unread(Window::settled);
    Instant last = unsettled.isEmpty() ? null : unsettled.get(unsettled.size() - 1).from();
    return last == null || last.equals(TimeSpan.ALL.from()) ? null : last;
  }

  /** What of a window counts. */
  private interface Part {
    TimeSpan of(Window window);
  }

  private List<TimeSpan> unread(Part part) throws SQLException {
    String list = table.list();
    if (list == null) {
      return List.of();
    }
    List<TimeSpan> rest = List.of(TimeSpan.ALL);
    for (Window window : WindowTable.of(connection, account, table.qualifiedName(), list).all()) {
      rest = TimeSpan.without(rest, part.of(window));
    }
    return rest;
  }

  private static boolean isWhole(ParquetDay day, List<TimeSpan> unread) {
    if (day.day().equals(ParquetDay.NONE)) {
      return true;
    }
    LocalDate date = LocalDate.parse(day.day());
    TimeSpan span =
        new TimeSpan(
            date.atStartOfDay().toInstant(ZoneOffset.UTC),
            date.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC));
    return unread.stream().allMatch(gap -> gap.within(span).isEmpty());
  }
}
