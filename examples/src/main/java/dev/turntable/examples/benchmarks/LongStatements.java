package dev.turntable.examples.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Statements that programs write: a hundred joins, thousands of conditions. Each is the first of its
 * kind in a new process, after some small ones.
 */
final class LongStatements {
  private static final int JOINS = 100;
  private static final int TERMS = 2000;
  private static final int ROUNDS = 5;
  private static final double MOST_SECONDS = 2;
  private static final double NANOS = 1e9;

  private LongStatements() {}

  /**
   * Measures.
   *
   * @param work a directory to write statements to
   */
  static List<Figure> measure(Server server, String jdbcUrl, Path work)
      throws IOException, InterruptedException {
    List<Figure> figures = new ArrayList<>();
    for (Map.Entry<String, String> each : statements(server.tasks().get(0)).entrySet()) {
      List<String> all = new ArrayList<>(Statements.distinct(server.tasks()));
      all.add(each.getValue());
      Path file = work.resolve("long.sql");
      Files.write(file, all);
      List<Long> nanos = new ArrayList<>();
      for (int round = 0; round < ROUNDS; round++) {
        Jvm.Run run = Jvm.turntable().run(FirstRowMain.class, jdbcUrl, file.toString());
        List<Long> prepared = run.figures("prepare");
        nanos.add(prepared.get(prepared.size() - 1));
      }
      figures.add(
          new Figure(
              "planning " + each.getKey(),
              Figure.time(Figure.median(nanos)),
              "",
              "",
              "≤ " + Figure.number(MOST_SECONDS) + " s",
              Figure.median(nanos) <= MOST_SECONDS * NANOS));
    }
    return figures;
  }

  private static Map<String, String> statements(String task) {
    Map<String, String> statements = new LinkedHashMap<>();
    String key = " WHERE t0.id = '" + task + "'";
    for (String join : List.of("JOIN", "LEFT JOIN")) {
      String kind = join.equals("JOIN") ? " joins, a " : " outer joins, a ";
      statements.put(JOINS + kind + "chain", chain(join, ""));
      statements.put(JOINS + kind + "chain, one key given", chain(join, "") + key);
      statements.put(JOINS + kind + "star", star(join));
      statements.put(JOINS + kind + "star, one key given", star(join) + key);
      statements.put(JOINS + kind + "cycle", cycle(join));
      statements.put(JOINS + kind + "cycle, one key given", cycle(join) + key);
    }
    statements.put(
        "OR of " + TERMS + " terms",
        IntStream.range(0, TERMS)
            .mapToObj(i -> (i % 2 == 0 ? "id" : "status") + " = 'v" + i + "'")
            .collect(Collectors.joining(" OR ", "SELECT id FROM tasks WHERE ", "")));
    return statements;
  }

  private static String chain(String join, String more) {
    return "SELECT t0.id FROM tasks t0"
        + IntStream.rangeClosed(1, JOINS)
            .mapToObj(i -> joined(join, i) + ".id = t" + (i - 1) + ".id")
            .collect(Collectors.joining())
        + more;
  }

  private static String cycle(String join) {
    return chain(join, " AND t" + JOINS + ".id = t0.id");
  }

  private static String star(String join) {
    return "SELECT t0.id FROM tasks t0"
        + IntStream.rangeClosed(1, JOINS)
            .mapToObj(i -> joined(join, i) + ".id = t0.id")
            .collect(Collectors.joining());
  }

  private static String joined(String join, int place) {
    return " " + join + " tasks t" + place + " ON t" + place;
  }
}
