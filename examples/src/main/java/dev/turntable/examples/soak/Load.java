package dev.turntable.examples.soak;

import dev.turntable.simulator.handinger.HandingerOptions;
import dev.turntable.simulator.rightbrain.RightbrainAccess;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What one thread does again and again on a connection that all share: mostly point reads; among them
 * scans left early, texts that are new, statements that are cancelled, closed by another thread or
 * dropped, scans with a token that is refused, and connections of their own that write, or are
 * dropped. Some fail, since the services answer wrongly now and then.
 */
final class Load implements Runnable {
  static final int TASKS = 3;
  static final int RUNS = 60;

  /** What a wrong answer ends in that asking again does not heal; the last one is of writes. */
  private static final Set<String> OF_FAULTS = Set.of("58000", "08006", "58030");

  private final SoakServer server;
  private final Connection shared;
  private final AtomicBoolean stopped;
  private final AtomicLong statements;
  private final AtomicLong failures;
  private long turn;

  Load(
      SoakServer server,
      Connection shared,
      AtomicBoolean stopped,
      AtomicLong statements,
      AtomicLong failures,
      long firstTurn) {
    this.server = server;
    this.shared = shared;
    this.stopped = stopped;
    this.statements = statements;
    this.failures = failures;
    this.turn = firstTurn;
  }

  static Connection connect(SoakServer server) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("handinger.baseUrl", server.url);
    properties.setProperty("handinger.apiKey", HandingerOptions.KEY);
    properties.setProperty("rightbrain.baseUrl", server.rightbrainUrl);
    properties.setProperty("rightbrain.tokenUrl", server.tokenUrl);
    properties.setProperty("rightbrain.clientId", RightbrainAccess.CLIENT_ID);
    properties.setProperty("rightbrain.clientSecret", RightbrainAccess.CLIENT_SECRET);
    return DriverManager.getConnection("jdbc:turntable:handinger+rightbrain", properties);
  }

  @Override
  public void run() {
    try (PreparedStatement point =
        shared.prepareStatement("SELECT title, credits FROM tasks WHERE id = ?")) {
      while (!stopped.get()) {
        turn++;
        try {
          turn(point);
        } catch (SQLException e) {
          if (!OF_FAULTS.contains(String.valueOf(e.getSQLState()))) {
            throw e;
          }
          failures.incrementAndGet();
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void turn(PreparedStatement point) throws SQLException {
    if (turn % 2_000 == 1_999) {
      drop(connect(server));
    } else if (turn % 100 == 0) {
      write();
    } else if (turn % 100 == 33) {
      drop(shared);
    } else if (turn % 100 == 66) {
      closedByAnother();
    } else if (turn % 50 == 10) {
      scan();
    } else if (turn % 25 == 0) {
      newText();
    } else if (turn % 20 == 0) {
      leaveEarly(turn % 40 == 0);
    } else {
      point.setString(1, task(turn));
      one(point.executeQuery());
    }
  }

  /** Closes nothing: it goes by itself, with a connection that nobody else has. */
  private void drop(Connection connection) throws SQLException {
    boolean any = connection.createStatement().executeQuery(some()).next();
    if (!any) {
      throw new IllegalStateException("no row");
    }
    statements.incrementAndGet();
  }

  private void closedByAnother() throws SQLException {
    try (Statement statement = shared.createStatement()) {
      CompletableFuture<Void> closing = CompletableFuture.runAsync(() -> close(statement));
      try (ResultSet rows = statement.executeQuery(some())) {
        boolean more = true;
        while (more) {
          more = rows.next();
        }
      } catch (SQLException e) {
        if (!"57014".equals(e.getSQLState())) {
          throw e;
        }
      } finally {
        closing.join();
      }
    }
    statements.incrementAndGet();
  }

  private static void close(Statement statement) {
    try {
      statement.close();
    } catch (SQLException e) {
      throw new IllegalStateException("a close has failed", e);
    }
  }

  private void scan() throws SQLException {
    try (Statement statement = shared.createStatement();
        ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM rightbrain.task_runs")) {
      if (!rows.next() || rows.getInt(1) != TASKS * RUNS) {
        throw new IllegalStateException("not all runs");
      }
    }
    statements.incrementAndGet();
  }

  private String some() {
    return "SELECT t.id, u.seq FROM tasks t JOIN turns u ON u.task_id = t.id WHERE t.id IN ('"
        + String.join("', '", server.tasks.subList(0, 16))
        + "')";
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
        ResultSet rows = statement.executeQuery(some())) {
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
