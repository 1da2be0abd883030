package dev.turntable.examples.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** New processes, Turntable's and plain Calcite's in turn. */
final class Cold {
  private static final int ROUNDS = 7;

  private final List<Long> turntableFirst = new ArrayList<>();
  private final List<Long> calciteFirst = new ArrayList<>();
  private final List<Long> turntablePlanned = new ArrayList<>();
  private final List<Long> calcitePlanned = new ArrayList<>();
  private final List<Long> turntableProcessor = new ArrayList<>();
  private final List<Long> calciteProcessor = new ArrayList<>();
  private final List<Long> turntableShapes = new ArrayList<>();
  private final List<Long> calciteShapes = new ArrayList<>();
  private final List<Long> turntablePrepare = new ArrayList<>();
  private final List<Long> calcitePrepare = new ArrayList<>();
  private final List<Long> launcher = new ArrayList<>();
  private final List<Long> calciteProcess = new ArrayList<>();

  private Cold() {}

  /**
   * Measures.
   *
   * @param rows the directory of the rows for plain Calcite
   * @param script the launcher
   */
  static List<Figure> measure(Server server, String jdbcUrl, Path rows, Path script)
      throws IOException, InterruptedException {
    Cold cold = new Cold();
    Path statements = rows.resolve("statements.sql");
    Files.write(statements, Statements.distinct(server.tasks()));
    Path first = rows.resolve("first.sql");
    Files.write(first, List.of(Statements.pointRead(server.tasks().get(0))));
    Path planned = rows.resolve("planned.sql");
    Files.write(planned, List.of(Statements.aggregate(server.tasks().get(0))));
    ProcessBuilder launch =
        new ProcessBuilder(script.toString(), jdbcUrl, "-f", first.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    Jvm.run(launch); // makes the archive
    for (int round = 0; round < ROUNDS; round++) {
      Jvm.Run turntable = Jvm.turntable().run(FirstRowMain.class, jdbcUrl, statements.toString());
      cold.turntableFirst.addAll(turntable.figures("first"));
      cold.turntablePrepare.addAll(turntable.figures("prepare"));
      cold.turntableShapes.addAll(turntable.figures("prepare").subList(0, Statements.SHAPES - 1));
      Jvm.Run calcite =
          Jvm.calcite().run(FirstRowMain.class, rows.toString(), statements.toString());
      cold.calciteFirst.addAll(calcite.figures("first"));
      cold.calcitePrepare.addAll(calcite.figures("prepare"));
      cold.calciteShapes.addAll(calcite.figures("prepare").subList(0, Statements.SHAPES - 1));
      Jvm.Run ours = Jvm.turntable().run(FirstRowMain.class, jdbcUrl, planned.toString());
      cold.turntablePlanned.addAll(ours.figures("first"));
      cold.turntableProcessor.addAll(ours.figures("processor"));
      Jvm.Run theirs = Jvm.calcite().run(FirstRowMain.class, rows.toString(), planned.toString());
      cold.calcitePlanned.addAll(theirs.figures("first"));
      cold.calciteProcessor.addAll(theirs.figures("processor"));
      cold.launcher.add(Jvm.run(launch).nanos());
      cold.calciteProcess.add(
          Jvm.calcite().run(FirstRowMain.class, rows.toString(), first.toString()).nanos());
    }
    return cold.figures();
  }

  private List<Figure> figures() {
    return List.of(
        Figure.atMost(
            "new process, connect to first row; plain Calcite", turntableFirst, calciteFirst, 0.31),
        Figure.atMost(
            "the same, the first statement being an aggregate; plain Calcite",
            turntablePlanned,
            calcitePlanned,
            0.48),
        Figure.beside(
            "the same in processor time, of all threads; plain Calcite",
            turntableProcessor,
            calciteProcessor),
        Figure.atMost(
            "command line by the launcher, whole process; plain Calcite",
            launcher,
            calciteProcess,
            0.14),
        Figure.atMost(
            "preparing the 2nd to 50th distinct statement; plain Calcite",
            turntablePrepare,
            calcitePrepare,
            0.20),
        Figure.atMost(
            "those of them that are the first of their shape; plain Calcite",
            turntableShapes,
            calciteShapes,
            0.35));
  }
}
