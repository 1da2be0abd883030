package dev.turntable.jdbc.memory;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullMarked;

/** Runs statements and tells what became of them. Safe for use by several threads. */
@NullMarked
final class Tries {
  static final String RECURSIVE =
      "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 2) ";

  private static final boolean FULL = "full".equals(System.getProperty("small.heap"));

  private final Door door;
  private final Map<String, AtomicInteger> outcomes = new ConcurrentSkipListMap<>();

  Tries(Door door) {
    this.door = door;
  }

  /** Connects, with further properties: names and values in turn. */
  @FunctionalInterface
  interface Door {
    Connection connect(String... more) throws SQLException;
  }

  Connection connect(String... more) throws SQLException {
    return door.connect(more);
  }

  /** Returns how many statements to run: as many as are promised, or fewer of the same size. */
  static int number(int promised, int few) {
    return FULL ? promised : few;
  }

  /** What may fail. */
  @FunctionalInterface
  interface Step {
    void run() throws Exception;
  }

  /** Counts "answered", or the SQLState of the failure; anything else that is thrown by its class. */
  void attempt(Step step) {
    outcomes.computeIfAbsent(outcome(step), name -> new AtomicInteger()).incrementAndGet();
  }

  private static String outcome(Step step) {
    try {
      step.run();
      return "answered";
    } catch (SQLException e) {
      return e.getSQLState()
          + (String.valueOf(e.getMessage()).contains("out of memory") ? " out of memory" : "");
    } catch (Throwable e) {
      return e.getClass().getSimpleName();
    }
  }

  /** As {@link #attempt}, and prints it, with the message. */
  void tell(String what, Step step) {
    try {
      step.run();
      say(what + ": answered");
    } catch (SQLException e) {
      say(what + ": " + e.getSQLState() + " " + e.getMessage());
    } catch (Throwable e) {
      say(what + ": " + e);
    }
  }

  /** Prints how often each outcome came about since the last call. */
  void sum(String what) {
    say(
        what
            + ": "
            + outcomes.entrySet().stream()
                .map(outcome -> outcome.getKey() + " x " + outcome.getValue())
                .collect(Collectors.joining(", ")));
    outcomes.clear();
  }

  void say(String line) {
    System.out.println(line);
  }

  /** Reads a result to its end, every value of it. */
  static long readAll(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      int columns = rows.getMetaData().getColumnCount();
      long count = 0;
      while (rows.next()) {
        for (int i = 1; i <= columns; i++) {
          rows.getString(i);
        }
        count++;
      }
      return count;
    }
  }

  /** Returns the ids of tasks in parentheses. */
  static String ids(String kind, int length, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "'tsk_" + kind + "_" + length + "_" + i + "'")
        .collect(Collectors.joining(", ", "(", ")"));
  }
}
