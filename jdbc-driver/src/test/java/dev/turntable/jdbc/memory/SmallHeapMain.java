package dev.turntable.jdbc.memory;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.NullMarked;

/** What {@link SmallHeap} runs: scenarios, and after each a point read, whatever became of it. */
@NullMarked
final class SmallHeapMain {
  private static final String POINT_READ = "SELECT title FROM tasks WHERE id = 'tsk_a_10_point'";

  /** What it prints after each scenario. */
  static final String DONE = "that was all";

  private SmallHeapMain() {}

  /** Uses connections, and prints what it saw. */
  @FunctionalInterface
  interface Scenario {
    void run(Tries tries) throws Exception;
  }

  private static final Map<String, Scenario> SCENARIOS =
      Map.ofEntries(
          Map.entry("sorts", LargeRows::sorts),
          Map.entry("one sort", LargeRows::oneSort),
          Map.entry("two-megabyte rows", LargeRows::twoMegabytes),
          Map.entry("wide letters", LargeRows::wideLetters),
          Map.entry("large bodies", LargeRows::largeBodies),
          Map.entry("operators", LargeRows::operators),
          Map.entry("generated code", LargeRows::generatedCode),
          Map.entry("open results", OpenThings::results),
          Map.entry("scrollable results", OpenThings::scrollable),
          Map.entry("dropped", OpenThings::dropped),
          Map.entry("answers kept for their age", OpenThings::aged),
          Map.entry("batches", OpenThings::batches),
          Map.entry("insert select", OpenThings::insertSelect),
          Map.entry("long statements", LongStatements::distinct),
          Map.entry("longer statements", LongStatements::longer),
          Map.entry("IN lists", LongStatements::inLists),
          Map.entry("small statements", LongStatements::small),
          Map.entry("open statements", LongStatements::open),
          Map.entry("a million rows", ManyRows::million),
          Map.entry("a million rows in generated code", ManyRows::generated));

  /** Runs the scenarios that its input names, a line each. */
  public static void main(String[] arguments) throws Exception {
    BufferedReader names = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    for (String name = names.readLine(); name != null; name = names.readLine()) {
      Tries tries = new Tries(more -> connect(arguments[0], more));
      Scenario scenario = SCENARIOS.get(name);
      if (scenario == null) {
        throw new IllegalArgumentException("no scenario " + name);
      }
      scenario.run(tries);
      try (Connection connection = tries.connect();
          var rows = connection.createStatement().executeQuery(POINT_READ)) {
        tries.say("point read: " + rows.next());
      }
      tries.say(DONE);
    }
    System.exit(0); // threads of a connection that was dropped may idle
  }

  private static Connection connect(String url, String... more) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("baseUrl", url);
    properties.setProperty("password", "large-service-key");
    for (int i = 0; i < more.length; i += 2) {
      properties.setProperty(more[i], more[i + 1]);
    }
    return DriverManager.getConnection("jdbc:turntable:handinger", properties);
  }
}
