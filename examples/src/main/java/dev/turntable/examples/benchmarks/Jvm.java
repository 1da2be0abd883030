package dev.turntable.examples.benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A Java process to be measured.
 *
 * @param classPath its class path
 * @param flags its flags
 */
record Jvm(String classPath, List<String> flags) {

  /**
   * What a process said and took.
   *
   * @param lines its standard output
   * @param nanos from its start until it had ended
   */
  record Run(List<String> lines, long nanos) {
    /** Returns the figures that follow a word on a line of the output. */
    List<Long> figures(String word) {
      return lines.stream()
          .filter(line -> line.startsWith(word + " "))
          .flatMap(line -> Stream.of(line.split(" ", -1)).skip(1).map(Long::valueOf))
          .toList();
    }
  }

  /** The class path and flags of this process. */
  static Jvm harness() {
    return new Jvm(System.getProperty("java.class.path"), List.of());
  }

  /** A user of the driver: its jar, and the classes that call it. */
  static Jvm turntable() {
    return new Jvm(examples() + File.pathSeparator + driver(), List.of());
  }

  /** A user of plain Calcite: the jars that Maven gives, and the classes that call it. */
  static Jvm calcite() {
    String driver = driver().toString();
    return new Jvm(
        String.join(File.pathSeparator, paths().filter(path -> !path.equals(driver)).toList()),
        List.of());
  }

  static Path driver() {
    return paths()
        .filter(path -> Path.of(path).getFileName().toString().startsWith("turntable-jdbc"))
        .map(Path::of)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the driver is not on the class path"));
  }

  private static String examples() {
    return paths().findFirst().orElseThrow();
  }

  private static Stream<String> paths() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1));
  }

  Jvm with(String... more) {
    return new Jvm(classPath, Stream.concat(flags.stream(), Stream.of(more)).toList());
  }

  ProcessBuilder command(Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.addAll(List.of("-cp", classPath, main.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
  }

  /** Runs a program to its end. */
  Run run(Class<?> main, String... arguments) throws IOException, InterruptedException {
    return run(command(main, arguments));
  }

  static Run run(ProcessBuilder command) throws IOException, InterruptedException {
    long start = System.nanoTime();
    Process process = command.start();
    List<String> lines = process.inputReader(StandardCharsets.UTF_8).lines().toList();
    int status = process.waitFor();
    long nanos = System.nanoTime() - start;
    if (status != 0) {
      throw new IOException("status " + status + " of " + command.command());
    }
    return new Run(lines, nanos);
  }
}
