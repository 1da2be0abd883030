package dev.turntable.examples.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.runner.RunnerException;

/** Runs everything and rewrites the table of figures. */
public final class Benchmarks {
  private static final int TASKS = 250;
  private static final int LOG = 100_000;
  private static final int LONG_LOG = 1_000_000;
  private static final int PARALLEL_READS = 200;
  private static final int LATENCY_MILLIS = 50;
  private static final int CONCURRENT_REQUESTS = 8;

  /** So long the JVM goes on compiling what a point read runs through, on both sides. */
  private static final int WARM_SECONDS = 25;

  private final Path work;
  private final Path script;

  private Benchmarks(Path work, Path script) {
    this.work = work;
    this.script = script;
  }

  /**
   * Runs the benchmarks whose names are given, or all.
   *
   * @param arguments the page to rewrite or -, the day, a directory to work in, the launcher, and
   *     any of cold, planning, long, point, scan, memory, parallel, growth, store; or classes, which
   *     measures nothing and writes the list of classes that a start needs
   */
  public static void main(String[] arguments)
      throws IOException, InterruptedException, SQLException, RunnerException {
    Benchmarks benchmarks =
        new Benchmarks(
            Files.createDirectories(Path.of(arguments[2])).toAbsolutePath(),
            Path.of(arguments[3]).toAbsolutePath());
    List<String> names = List.of(arguments).subList(4, arguments.length);
    List<Figure> figures = new ArrayList<>();
    for (String name :
        names.isEmpty()
            ? List.of(
                "cold",
                "planning",
                "long",
                "point",
                "scan",
                "memory",
                "parallel",
                "growth",
                "store")
            : names) {
      List<Figure> some = benchmarks.run(name);
      some.forEach(figure -> System.out.println(figure.row()));
      figures.addAll(some);
    }
    if (!arguments[0].equals("-")) {
      Report.write(Path.of(arguments[0]), arguments[1], figures);
    }
  }

  private List<Figure> run(String name)
      throws IOException, InterruptedException, SQLException, RunnerException {
    return switch (name) {
      case "cold" -> cold();
      case "classes" -> classes();
      case "planning" -> List.of(planning());
      case "long" -> longStatements();
      case "point" -> List.of(pointRead());
      case "scan" -> List.of(scan());
      case "memory" -> List.of(memory());
      case "parallel" -> List.of(parallel());
      case "growth" -> Growth.measure();
      case "store" -> StoreFigures.measure(work);
      default -> throw new IllegalArgumentException("no benchmark " + name);
    };
  }

  private List<Figure> cold() throws IOException, InterruptedException, SQLException {
    try (Server server = Server.start(TASKS, 0, 0)) {
      String url = withTasks(server);
      Rows.copy(url, work);
      return Cold.measure(server, url, work, script);
    }
  }

  private List<Figure> classes() throws IOException, InterruptedException {
    try (Server server = Server.start(TASKS, 0, 0)) {
      ClassList.write(withTasks(server), server.tasks(), work);
      return List.of();
    }
  }

  private List<Figure> longStatements() throws IOException, InterruptedException {
    try (Server server = Server.start(TASKS, 0, 0)) {
      return LongStatements.measure(server, withTasks(server), work);
    }
  }

  private Figure planning() throws IOException, SQLException, RunnerException {
    try (Server server = Server.start(TASKS, 0, 0)) {
      Rows.copy(withTasks(server), work);
      Warm warm = Warm.of(RepeatedPlanning.class, 4, 4, settings(server));
      return Figure.atMost(
          "preparing a statement again; plain Calcite", warm.turntable(), warm.other(), 0.001);
    }
  }

  private Figure pointRead() throws IOException, RunnerException {
    try (Server server = Server.start(TASKS, 0, 0)) {
      Warm warm = Warm.of(PointRead.class, WARM_SECONDS, 4, settings(server));
      return Figure.atMost(
          "a point read, warm; a Retrofit call", warm.turntable(), warm.other(), 1.3);
    }
  }

  private Figure scan() throws IOException, RunnerException {
    try (Server server = Server.start(TASKS, LOG, 0)) {
      Warm warm = Warm.of(Scan.class, 3, 3, settings(server));
      double ours = LOG / (Figure.median(warm.turntable()) / 1e9);
      double theirs = LOG / (Figure.median(warm.other()) / 1e9);
      return new Figure(
          "a scan of 100,000 rows in 2,000 pages; a loop over the same pages",
          Figure.number(ours) + " rows/s",
          Figure.number(theirs) + " rows/s",
          Figure.number(ours / theirs),
          "≥ 0.85",
          ours / theirs >= 0.85);
    }
  }

  private Figure memory() throws IOException, InterruptedException {
    try (Server server = Server.start(TASKS, LONG_LOG, 0)) {
      String sql =
          "SELECT id, duration_ms * 2 FROM webhook_executions WHERE worker_id = '"
              + server.worker()
              + "' AND duration_ms >= 0";
      Jvm.Run run = Jvm.turntable().with("-Xmx96m").run(ScanMain.class, server.jdbcUrl(), sql, "1");
      return new Figure(
          "filter and projection over 1,000,000 rows with -Xmx96m",
          run.figures("rows").get(0) + " rows in " + Figure.time(run.figures("nanos").get(0)),
          "",
          "",
          "all rows",
          run.figures("rows").get(0) == LONG_LOG);
    }
  }

  private Figure parallel() throws IOException, InterruptedException {
    try (Server server = Server.start(TASKS, 0, LATENCY_MILLIS)) {
      String sql =
          "SELECT id, title FROM tasks WHERE id IN ('"
              + String.join("', '", server.tasks().subList(0, PARALLEL_READS))
              + "')";
      Jvm.Run run = Jvm.turntable().run(ScanMain.class, server.jdbcUrl(), sql, "2");
      int steps = (PARALLEL_READS + CONCURRENT_REQUESTS - 1) / CONCURRENT_REQUESTS;
      return Figure.atMost(
          "200 point reads, 8 at once, 50 ms latency, second execution; the latency alone",
          run.figures("nanos").subList(1, 2),
          List.of(Duration.ofMillis((long) steps * LATENCY_MILLIS).toNanos()),
          1.2);
    }
  }

  private String withTasks(Server server) throws IOException {
    Path ids = work.resolve("tasks.txt");
    Files.write(ids, server.tasks());
    return server.jdbcUrl() + ";taskIds=@" + ids;
  }

  private List<String> settings(Server server) throws IOException {
    return List.of(
        Settings.URL.flag(server.url()),
        Settings.JDBC_URL.flag(withTasks(server)),
        Settings.TASK.flag(server.tasks().get(0)),
        Settings.WORKER.flag(server.worker()),
        Settings.ROWS.flag(work.toString()));
  }
}
