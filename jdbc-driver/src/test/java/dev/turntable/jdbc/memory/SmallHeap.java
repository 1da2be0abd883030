package dev.turntable.jdbc.memory;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullMarked;

/** Runs a scenario of {@link SmallHeapMain} in a JVM of its own, whose heap is small. */
@NullMarked
final class SmallHeap {
  /** Only to end what hangs: every scenario takes seconds. */
  private static final long MINUTES = 10;

  private SmallHeap() {}

  /** Returns what the scenario prints, line by line; fails if it does not end well. */
  static List<String> run(LargeService service, String scenario, String... options)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-Djava.net.preferIPv4Stack=true",
                "-Dsmall.heap=" + System.getProperty("small.heap", "few")));
    command.addAll(List.of(options));
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            SmallHeapMain.class.getName(),
            service.url(),
            scenario));
    File output = File.createTempFile("small-heap", ".txt");
    try {
      Process process =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output).start();
      boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
      process.destroyForcibly();
      String text = java.nio.file.Files.readString(output.toPath(), StandardCharsets.UTF_8);
      if (!ended || process.waitFor() != 0) {
        throw new AssertionError(scenario + (ended ? " failed:\n" : " hangs:\n") + text);
      }
      return text.lines().toList();
    } finally {
      java.nio.file.Files.delete(output.toPath());
    }
  }
}
