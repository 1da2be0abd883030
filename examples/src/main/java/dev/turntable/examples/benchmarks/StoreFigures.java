package dev.turntable.examples.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What keeping rows costs and saves: the room, the time while reading, answers without a request. */
final class StoreFigures {
  private static final int RUNS = 50_000;
  private static final int SLOW_RUNS = 20_000;
  private static final int LATENCY_MILLIS = 50;
  private static final int COMMITS = 1_000;
  private static final int JOINED = 50_000;
  private static final String SCAN = "SELECT * FROM task_runs";
  private static final String FILTERED =
      "SELECT id, input_tokens FROM task_runs WHERE NOT is_error AND input_tokens >= 100";
  private static final String GROUPED =
      "SELECT task_id, COUNT(*), SUM(input_tokens) FROM task_runs GROUP BY task_id";

  private StoreFigures() {}

  static List<Figure> measure(Path work) throws IOException, InterruptedException {
    List<Figure> figures = new ArrayList<>();
    Path store = empty(work.resolve("store"));
    try (Server server = Server.withRuns(RUNS)) {
      StoreMain.Calls calls = new StoreMain.Calls(server.runsJdbcUrl(), store);
      List<Long> bytes = calls.fill(SCAN, COMMITS).figures("bytes");
      figures.add(share("used bytes of the store", bytes.get(1), bytes.get(0), 0.3));
      figures.add(share("its file", bytes.get(2), bytes.get(0), 0.6));
      figures.add(answer(calls, "filter of 50,000 runs", FILTERED, FILTERED));
      figures.add(answer(calls, "GROUP BY of 50,000 runs", GROUPED, GROUPED));
    }
    figures.add(slowDown(work));
    figures.add(joined(work));
    return figures;
  }

  private static Figure share(String what, long store, long json, double most) {
    double ratio = store / (double) json;
    return new Figure(
        what + " with 50,000 runs, of which 100 were read and kept again 1,000 times; their JSON",
        mib(store),
        mib(json),
        Figure.number(ratio),
        "≤ " + Figure.number(most),
        ratio <= most);
  }

  private static String mib(long bytes) {
    return Figure.number(bytes / (double) (1 << 20)) + " MiB";
  }

  private static Figure answer(StoreMain.Calls calls, String what, String ours, String theirs)
      throws IOException, InterruptedException {
    Jvm.Run run = calls.answer(ours, theirs);
    return Figure.beside(
        "a " + what + " out of the store with -Xmx256m; DuckDB on the same file",
        run.figures("ours"),
        run.figures("theirs"));
  }

  private static Figure slowDown(Path work) throws IOException, InterruptedException {
    try (Server server = Server.withSlowRuns(SLOW_RUNS, LATENCY_MILLIS)) {
      Path store = empty(work.resolve("store-slow"));
      Jvm.Run run = new StoreMain.Calls(server.runsJdbcUrl(), store).scan(SCAN);
      return Figure.atMost(
          "a scan of 20,000 runs at 50 ms latency into a store, warm, with -Xmx256m; without one",
          run.figures("with"),
          run.figures("without"),
          1.2);
    }
  }

  private static Figure joined(Path work) throws IOException, InterruptedException {
    Path store = empty(work.resolve("store-joined"));
    try (Server server = Server.start(JOINED, JOINED, 0)) {
      String join =
          "SELECT COUNT(*) FROM webhook_executions e JOIN tasks t ON t.id = e.task_id WHERE"
              + " e.worker_id = '"
              + server.worker()
              + "'";
      String own =
          "SELECT COUNT(*) FROM \"rows handinger.webhook_executions\" e JOIN \"rows handinger.tasks\""
              + " t ON t.id = e.task_id";
      StoreMain.Calls calls = new StoreMain.Calls(server.jdbcUrl(), store);
      calls.fill(join, 0);
      Jvm.Run run = calls.answer(join, own);
      return Figure.beside(
          "a join by the keys of 50,000 rows out of the store with -Xmx256m; DuckDB on the same file",
          run.figures("ours"),
          run.figures("theirs"));
    }
  }

  private static Path empty(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    return directory;
  }
}
