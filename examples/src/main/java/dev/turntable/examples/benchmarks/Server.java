package dev.turntable.examples.benchmarks;

import dev.turntable.simulator.HandingerState;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A simulated service in a process of its own.
 *
 * @param process the process
 * @param url where it answers
 * @param workers the ids of its workers; the first one has the log
 * @param tasks ids of tasks, all of which exist
 */
record Server(Process process, String url, List<String> workers, List<String> tasks)
    implements AutoCloseable {

  /**
   * Starts a service.
   *
   * @param entries how many entries each worker's log has
   * @param latencyMillis how long every answer waits
   */
  static Server start(int tasks, int entries, int latencyMillis) throws IOException {
    Process process =
        Jvm.harness()
            .command(
                ServerMain.class,
                String.valueOf(tasks),
                String.valueOf(entries),
                String.valueOf(latencyMillis))
            .start();
    // Stays open: the process ends with its standard input.
    BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
    return new Server(process, line(lines), list(line(lines)), list(line(lines)));
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
    return "jdbc:turntable:handinger:baseUrl=" + url + ";apiKey=" + HandingerState.KEY;
  }

  @Override
  public void close() {
    process.destroy();
  }
}
