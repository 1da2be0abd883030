package dev.turntable.examples.slow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Starts clients: without settings of whoever runs the tests, far from UTC, never for ever. */
final class Program {
  private static final int MINUTES = 10;

  private Program() {}

  /** Runs a program to its end in a folder and returns what it said, if it was content. */
  static String run(Path folder, Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    Path said = Files.createTempFile("said", ".txt");
    ProcessBuilder builder = builder(environment, command).directory(folder.toFile());
    Process process =
        start(builder.redirectErrorStream(true).redirectOutput(said.toFile()), List.of(command));
    process.getOutputStream().close();
    int status = process.waitFor();
    String text = Files.readString(said);
    Files.delete(said);
    if (status != 0) {
      throw new AssertionError(command[0] + " ended with status " + status + ":\n" + text);
    }
    return text;
  }

  static Process start(ProcessBuilder builder, List<String> command) throws IOException {
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new IOException(
          command.get(0) + " does not start; .ci/run names the packages to install", e);
    }
    CompletableFuture.delayedExecutor(MINUTES, TimeUnit.MINUTES).execute(() -> kill(process));
    return process;
  }

  static void kill(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  static ProcessBuilder builder(Map<String, String> environment, String... command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> all = builder.environment();
    all.keySet().removeIf(name -> name.matches("(HANDINGER|RB|TURNTABLE)_.*"));
    all.put("JAVA_HOME", System.getProperty("java.home"));
    all.put("LC_ALL", "C.UTF-8");
    all.put("TZ", "Asia/Kathmandu");
    all.putAll(environment);
    return builder;
  }
}
