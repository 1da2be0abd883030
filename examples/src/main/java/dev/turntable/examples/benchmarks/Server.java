package dev.turntable.examples.benchmarks;

import dev.turntable.simulator.handinger.HandingerOptions;
import dev.turntable.simulator.rightbrain.RightbrainOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A simulated service in a process of its own.
 *
 * @param process the process
 * @param url where Handinger answers
 * @param runsUrl where Rightbrain answers
 * @param runsList where it lists its runs
 * @param workers the ids of its workers; the first one has the log
 * @param tasks ids of tasks, all of which exist
 */
record Server(
    Process process,
    String url,
    String runsUrl,
    String runsList,
    List<String> workers,
    List<String> tasks)
    implements AutoCloseable {

  /**
   * Starts a service.
   *
   * @param entries how many entries each worker's log has
   * @param latencyMillis how long every answer waits
   */
  static Server start(int tasks, int entries, int latencyMillis) throws IOException {
    return start(tasks, entries, latencyMillis, 0);
  }

  /** Starts a service with so many runs of Rightbrain's tasks. */
  static Server withRuns(int runs) throws IOException {
    return start(1, 0, 0, runs);
  }

  /** The same, where every answer waits. */
  static Server withSlowRuns(int runs, int latencyMillis) throws IOException {
    return start(1, 0, latencyMillis, runs);
  }

  private static Server start(int tasks, int entries, int latencyMillis, int runs)
      throws IOException {
    Process process =
        Jvm.harness()
            .command(
                ServerMain.class,
                String.valueOf(tasks),
                String.valueOf(entries),
                String.valueOf(latencyMillis),
                String.valueOf(runs))
            .start();
    // Stays open: the process ends with its standard input.
    BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
    return new Server(
        process, line(lines), line(lines), line(lines), list(line(lines)), list(line(lines)));
  }

  private static List<String> list(String line) {
    return List.of(line.split(",", -1));
  }

  private static String line(BufferedReader reader) throws IOException {
    String line = reader.readLine();
    if (line == null) {
      throw new IOException("the server has not started");
    }
    return line;
  }

  /** The worker whose log has the entries asked for; after it comes that of the published example. */
  String worker() {
    return workers.get(0);
  }

  /** Returns the URL for JDBC; the key comes from the environment. */
  String jdbcUrl() {
    return "jdbc:turntable:handinger:baseUrl=" + url + ";apiKey=" + HandingerOptions.KEY;
  }

  /** Returns the URL for JDBC of the service that has the runs. */
  String runsJdbcUrl() {
    return "jdbc:turntable:rightbrain:baseUrl=" + runsUrl + ";apiKey=" + RightbrainOptions.KEY;
  }

  @Override
  public void close() {
    process.destroy();
  }
}
