package dev.turntable.examples.soak;

import dev.turntable.simulator.HandingerState;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What one thread does again and again on a connection that all share: mostly point reads; among them
 * scans left early, texts that are new, statements that are cancelled, and connections of their own
 * that write.
 */
final class Load implements Runnable {
  private final SoakServer server;
  private final Connection shared;
  private final AtomicBoolean stopped;
  private final AtomicLong statements;
  private long turn;

  Load(
      SoakServer server,
      Connection shared,
      AtomicBoolean stopped,
      AtomicLong statements,
      long firstTurn) {
    this.server = server;
    this.shared = shared;
    this.stopped = stopped;
    this.statements = statements;
    this.turn = firstTurn;
  }

  static Connection connect(SoakServer server) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("baseUrl", server.url);
    properties.setProperty("password", HandingerState.KEY);
    return DriverManager.getConnection("jdbc:turntable:handinger", properties);
  }

  @Override
  public void run() {
    try (PreparedStatement point =
        shared.prepareStatement("SELECT title, credits FROM tasks WHERE id = ?")) {
      while (!stopped.get()) {
        turn++;
        if (turn % 100 == 0) {
          write();
        } else if (turn % 25 == 0) {
          newText();
        } else if (turn % 20 == 0) {
          leaveEarly(turn % 40 == 0);
        } else {
          point.setString(1, task(turn));
          one(point.executeQuery());
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private String task(long number) {
    return server.tasks.get((int) (number * 31 % server.tasks.size()));
  }

  private void one(ResultSet rows) throws SQLException {
    try (rows) {
      if (!rows.next() || rows.next()) {
        throw new IllegalStateException("not one row");
      }
    }
    statements.incrementAndGet();
  }

  private void newText() throws SQLException {
    try (Statement statement = shared.createStatement()) {
      one(
          statement.executeQuery(
              "SELECT id, " + turn + " AS n FROM tasks WHERE id = '" + task(turn) + "'"));
    }
  }

  private void leaveEarly(boolean cancel) throws SQLException {
    try (Statement statement = shared.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT t.id, u.seq FROM tasks t JOIN turns u ON u.task_id = t.id WHERE t.id IN ('"
                    + String.join("', '", server.tasks.subList(0, 16))
                    + "')")) {
      if (!rows.next()) {
        throw new IllegalStateException("no row");
      }
      if (cancel) {
        statement.cancel();
      }
    }
    statements.incrementAndGet();
  }

  private void write() throws SQLException {
    try (Connection own = connect(server);
        PreparedStatement insert =
            own.prepareStatement(
                "INSERT INTO tasks (worker_id, input) VALUES (?, 'soak')",
                Statement.RETURN_GENERATED_KEYS);
        PreparedStatement delete = own.prepareStatement("DELETE FROM tasks WHERE id = ?")) {
      insert.setString(1, server.worker);
      insert.executeUpdate();
      try (ResultSet keys = insert.getGeneratedKeys()) {
        keys.next();
        delete.setString(1, keys.getString(1));
      }
      if (delete.executeUpdate() != 1) {
        throw new IllegalStateException("not archived");
      }
    }
    statements.addAndGet(2);
  }
}
