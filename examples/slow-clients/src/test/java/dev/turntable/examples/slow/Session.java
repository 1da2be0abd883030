package dev.turntable.examples.slow;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A client that does one thing after another as it is told: it reads a line from its standard input,
 * its words parted by tabs, and answers with lines up to one that is a dot.
 */
final class Session implements AutoCloseable {
  private final String name;
  private final Process process;
  private final BufferedReader answers;
  private final Writer requests;
  private final Path errors;

  private Session(String name, Process process, Path errors) {
    this.name = name;
    this.process = process;
    this.errors = errors;
    answers = process.inputReader(StandardCharsets.UTF_8);
    requests = process.outputWriter(StandardCharsets.UTF_8);
  }

  static Session start(Map<String, String> environment, String... command) throws IOException {
    Path errors = Files.createTempFile("errors", ".txt");
    ProcessBuilder builder = Program.builder(environment, command).redirectError(errors.toFile());
    return new Session(command[0], Program.start(builder, List.of(command)), errors);
  }

  /** Returns the lines of the answer. */
  List<String> ask(String... words) throws IOException {
    List<String> lines = new ArrayList<>();
    try {
      requests.write(String.join("\t", words) + "\n");
      requests.flush();
      String line = answers.readLine();
      while (line != null && !line.equals(".")) {
        lines.add(line);
        line = answers.readLine();
      }
      if (line != null) {
        return lines;
      }
    } catch (IOException e) {
      throw new IOException(gone(words, lines), e);
    }
    throw new AssertionError(gone(words, lines));
  }

  private String gone(String[] words, List<String> lines) throws IOException {
    return "%s ended while it was asked %s, after %s:\n%s"
        .formatted(name, String.join(" ", words), lines, Files.readString(errors));
  }

  /** Returns what the client has said on its standard error so far. */
  String errors() {
    try {
      return Files.readString(errors);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    requests.close();
    int status = process.onExit().join().exitValue();
    String said = errors();
    Files.delete(errors);
    if (status != 0) {
      throw new AssertionError(name + " ended with status " + status + ":\n" + said);
    }
  }
}
