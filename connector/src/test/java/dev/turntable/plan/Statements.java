package dev.turntable.plan;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another process that runs statements. */
final class Statements implements AutoCloseable {
  private final Process process;
  private final PrintStream in;
  private final BufferedReader out;

  /** How a statement ended, or null if its process was killed before it had. */
  record Told(List<String> rows, List<String> warnings, String end) {
    boolean isDone() {
      return end.startsWith(StatementProcess.DONE);
    }

    int requests() {
      return Integer.parseInt(end.substring(StatementProcess.DONE.length()));
    }
  }

  private Statements(Process process) {
    this.process = process;
    this.in = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    this.out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /**
   * @param command to be run with what runs Java, or nothing
   * @param classPath of the process
   */
  static Statements start(
      List<String> command, String classPath, List<String> flags, List<String> arguments, Path said)
      throws IOException {
    List<String> all = new ArrayList<>(command);
    all.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    all.add("-XX:TieredStopAtLevel=1");
    all.add("-XX:+UseSerialGC");
    all.addAll(flags);
    all.addAll(List.of("-cp", classPath, StatementProcess.class.getName()));
    all.addAll(arguments);
    return new Statements(new ProcessBuilder(all).redirectError(said.toFile()).start());
  }

  void send(String line) {
    in.println(line);
  }

  /** Returns what is told of the next statement. */
  Told told() throws IOException {
    return told(out);
  }

  static Told told(BufferedReader out) throws IOException {
    List<String> rows = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith(StatementProcess.ROW)) {
        rows.add(line.substring(StatementProcess.ROW.length()));
      } else if (line.startsWith(StatementProcess.WARNING)) {
        warnings.add(line.substring(StatementProcess.WARNING.length()));
      } else {
        return new Told(rows, warnings, line);
      }
    }
    return new Told(rows, warnings, "killed");
  }

  Told run(String sql) throws IOException {
    send(sql);
    return told();
  }

  void kill() throws InterruptedException {
    close();
    process.waitFor();
  }

  /** Lets it end by itself. */
  void end() throws InterruptedException {
    in.close();
    process.waitFor();
  }

  /** What it has told until then can still be read. */
  @Override
  public void close() {
    process.toHandle().destroyForcibly();
  }
}
