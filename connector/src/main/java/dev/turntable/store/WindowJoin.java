package dev.turntable.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Joins windows of one history that were read one soon after the other. */
final class WindowJoin {
  private final Connection connection;
  private final int account;
  private final SyncTable history;

  WindowJoin(Connection connection, int account, SyncTable history) {
    this.connection = connection;
    this.account = account;
    this.history = history;
  }

  /**
   * @param windows all there are, by their begin
   * @param since when the reading of those began that are joined
   */
  void run(List<Window> windows, Instant since) throws SQLException {
    List<Window> run = new ArrayList<>();
    for (Window window : windows) {
      if (window.readAt().isBefore(since)) {
        continue;
      }
      if (!run.isEmpty() && !follows(run.get(run.size() - 1), window)) {
        join(run);
        run.clear();
      }
      run.add(window);
    }
    join(run);
  }

  /** Of what has not settled no later window may say more. */
  private static boolean follows(Window first, Window next) {
    return first.settled().equals(first.span()) && !first.span().to().isBefore(next.span().from());
  }

  private void join(List<Window> run) throws SQLException {
    if (run.size() < 2) {
      return;
    }
    Window last = run.get(run.size() - 1);
    Instant oldest = run.stream().map(Window::readAt).min(Instant::compareTo).orElseThrow();
    long rows = 0;
    for (Window each : run) {
      rows += remove(each);
    }
    try (PreparedStatement statement =
        connection.prepareStatement(
            "INSERT INTO windows VALUES (?, ?, ?, '', make_timestamp(?), make_timestamp(?),"
                + " make_timestamp(?), make_timestamp(?), ?)")) {
      statement.setInt(1, account);
      statement.setString(2, history.qualifiedName());
      statement.setString(3, Reading.listScope(history.list()));
      statement.setLong(4, Micros.of(run.get(0).span().from()));
      statement.setLong(5, Micros.of(last.span().to()));
      statement.setLong(6, Micros.of(oldest));
      statement.setLong(7, Micros.of(last.settledTo()));
      statement.setLong(8, rows);
      statement.executeUpdate();
    }
  }

  /** Returns how many rows it had. */
  private long remove(Window window) throws SQLException {
    String where =
        " FROM windows WHERE account = ? AND table_name = ? AND scope = ? AND key = '' AND from_time ="
            + " make_timestamp(?) AND to_time = make_timestamp(?) AND read_at = make_timestamp(?)";
    long rows;
    try (PreparedStatement sum = of("SELECT COALESCE(SUM(row_count), 0)" + where, window);
        java.sql.ResultSet result = sum.executeQuery()) {
      result.next();
      rows = result.getLong(1);
    }
    try (PreparedStatement delete = of("DELETE" + where, window)) {
      delete.executeUpdate();
    }
    return rows;
  }

  private PreparedStatement of(String sql, Window window) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    statement.setInt(1, account);
    statement.setString(2, history.qualifiedName());
    statement.setString(3, Reading.listScope(history.list()));
    statement.setLong(4, Micros.of(window.span().from()));
    statement.setLong(5, Micros.of(window.span().to()));
    statement.setLong(6, Micros.of(window.readAt()));
    return statement;
  }
}
