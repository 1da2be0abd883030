package dev.turntable.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.simulator.Simulator;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Many threads on few connections, against servers of which many an answer is bad and many a token
 * refused; among the threads some that close what others read, statements, results and connections,
 * some that cancel, and some that drop what they have not read to its end. Whoever reads to the end
 * gets the right rows, or is told by the right SQLState; afterwards nothing is left.
 */
class StormTest {
  private static final int THREADS = 64;
  private static final int TURNS = 16;
  private static final int CONNECTIONS = 8;

  /** What a fault that asking again does not heal ends in; 28000 where a new token is refused too. */
  private static final Set<String> OF_FAULTS = Set.of("58000", "08006", "28000");

  /** What may happen to the one who reads. */
  private enum Turn {
    READ,
    READ_TOO,
    LEAVE,
    DROP,
    CANCELLED,
    STATEMENT_CLOSED,
    RESULT_CLOSED,
    CONNECTION_CLOSED,
    CONNECTION_DROPPED,
    PROBE
  }

  private final Map<String, Integer> outcomes = new ConcurrentHashMap<>();
  private final Map<String, List<String>> right = new HashMap<>();
  private final AtomicReferenceArray<Connection> connections =
      new AtomicReferenceArray<>(CONNECTIONS);

  @Test
  void nobodyIsAnsweredWronglyAndNothingIsLeft() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    ExecutorService closers = Executors.newFixedThreadPool(THREADS);
    try (Simulator simulator = StormServices.start()) {
      Set<Thread> before = Set.copyOf(Thread.getAllStackTraces().keySet());
      List<String> statements = StormServices.statements(simulator);
      try (Connection calm = StormServices.connect(simulator)) {
        for (String sql : statements) {
          try (Statement statement = calm.createStatement()) {
            right.put(sql, rows(statement.executeQuery(sql)));
          }
        }
      }
      long open = LeftBehind.openFiles();
      for (int i = 0; i < CONNECTIONS; i++) {
        connections.set(i, StormServices.connect(simulator));
      }
      simulator.faults((request, ordinal) -> StormServices.fault(request, ordinal));
      List<Future<?>> running = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        Random random = new Random(thread);
        running.add(
            threads.submit(
                () -> {
                  for (int turn = 0; turn < TURNS; turn++) {
                    turn(simulator, statements, random, closers);
                  }
                  return null;
                }));
      }
      for (Future<?> each : running) {
        each.get(5, TimeUnit.MINUTES); // a hang, for it takes a tenth of that on a slow machine
      }
      System.out.println("storm: " + new TreeMap<>(outcomes));
      // What was dropped goes by itself; what the others hold has come back by now.
      for (int i = 0; i < CONNECTIONS; i++) {
        connections.getAndSet(i, null).close();
      }
      collectUntil("threads of connections", () -> LeftBehind.threadsSince(before).isEmpty());
      collectUntil("open files", () -> LeftBehind.openFiles() <= open + 10);
    } finally {
      threads.shutdownNow();
      closers.shutdownNow();
    }
    for (Turn turn : Turn.values()) {
      assertThat(outcomes.keySet()).anyMatch(outcome -> outcome.startsWith(turn + " "));
    }
    assertThat(outcomes.keySet())
        .contains("READ all", "CANCELLED 57014", "STATEMENT_CLOSED 57014", "READ 58000")
        .contains("CONNECTION_CLOSED 08003");
  }

  private void turn(
      Simulator simulator, List<String> statements, Random random, ExecutorService closers)
      throws Exception {
    int at = random.nextInt(CONNECTIONS);
    Connection connection = connections.get(at);
    String sql = statements.get(random.nextInt(statements.size()));
    Turn turn = Turn.values()[random.nextInt(Turn.values().length)];
    long delay = (long) (random.nextDouble() * random.nextDouble() * 8_000_000);
    if (turn == Turn.PROBE) {
      probe(connection, random.nextBoolean());
      return;
    }
    if (turn == Turn.CONNECTION_CLOSED || turn == Turn.CONNECTION_DROPPED) {
      // Others read on it: a few are enough.
      if (random.nextInt(4) > 0) {
        turn = Turn.READ;
      } else {
        connections.compareAndSet(at, connection, StormServices.connect(simulator));
      }
    }
    Future<?> closing = null;
    try {
      Statement statement = connection.createStatement();
      ResultSet[] shown = new ResultSet[1];
      Turn what = turn;
      closing = closers.submit(() -> end(what, connection, statement, shown, delay));
      ResultSet rows = statement.executeQuery(sql);
      synchronized (shown) {
        shown[0] = rows;
      }
      switch (turn) {
        case LEAVE -> {
          boolean any = rows.next();
          statement.close();
          count(turn, any ? "left" : "left without rows");
        }
        case DROP, CONNECTION_DROPPED -> count(turn, rows.next() ? "dropped" : "without rows");
        default -> {
          assertThat(rows(rows)).as(turn + " of " + sql).isEqualTo(right.get(sql));
          count(turn, "all");
          statement.close();
        }
      }
    } catch (SQLException e) {
      judge(turn, sql, e);
    }
    if (closing != null) {
      closing.get(1, TimeUnit.MINUTES); // no close throws, and none hangs
    }
  }

  /** Ends what another thread is at, a moment after it has begun. */
  private static Void end(
      Turn turn, Connection connection, Statement statement, ResultSet[] shown, long delay)
      throws SQLException {
    LockSupport.parkNanos(delay);
    switch (turn) {
      case CANCELLED -> cancel(statement);
      case STATEMENT_CLOSED -> statement.close();
      case RESULT_CLOSED -> {
        ResultSet rows;
        synchronized (shown) {
          rows = shown[0];
        }
        if (rows != null) {
          rows.close();
        }
      }
      case CONNECTION_CLOSED -> connection.close();
      default -> {}
    }
    return null;
  }

  /** A cancel may come too late: JDBC wants that of a closed statement to fail. */
  private static void cancel(Statement statement) throws SQLException {
    try {
      statement.cancel();
    } catch (SQLException e) {
      if (!statement.isClosed()) {
        throw e;
      }
    }
  }

  /** Anybody's connection may be closed by another one at any time. */
  private void judge(Turn turn, String sql, SQLException e) {
    String state = String.valueOf(e.getSQLState());
    boolean isEnded =
        turn == Turn.CANCELLED || turn == Turn.STATEMENT_CLOSED || turn == Turn.RESULT_CLOSED;
    assertThat(
            state.equals("08003")
                || OF_FAULTS.contains(state)
                || (isEnded && state.equals("57014")))
        .as(turn + " of " + sql + ": " + state + " " + e + trace(e))
        .isTrue();
    count(turn, state);
  }

  private static String trace(SQLException e) {
    return java.util.Arrays.stream(e.getStackTrace())
        .map(frame -> "\n  " + frame)
        .collect(Collectors.joining());
  }

  private void probe(Connection connection, boolean valid) {
    try {
      if (valid) {
        count(Turn.PROBE, "valid: " + connection.isValid(30));
      } else {
        List<String> tables =
            rows(connection.getMetaData().getTables(null, "rightbrain_runs", "%", null));
        assertThat(tables).hasSize(3);
        count(Turn.PROBE, "tables");
      }
    } catch (SQLException e) {
      judge(Turn.PROBE, "metadata", e);
    }
  }

  private void count(Turn turn, String outcome) {
    outcomes.merge(turn + " " + outcome, 1, Integer::sum);
  }

  /** All rows, in order of their texts. */
  private static List<String> rows(ResultSet result) throws SQLException {
    List<String> rows = new ArrayList<>();
    int columns = result.getMetaData().getColumnCount();
    while (result.next()) {
      StringBuilder row = new StringBuilder();
      for (int i = 1; i <= columns; i++) {
        row.append(result.getString(i)).append('|');
      }
      rows.add(row.toString());
    }
    rows.sort(null);
    return rows;
  }

  private static void collectUntil(String what, java.util.function.BooleanSupplier gone) {
    Until.holds(
        what + " are left",
        () -> {
          System.gc();
          return gone.getAsBoolean();
        });
  }
}
