package dev.turntable.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.simulator.handinger.HandingerTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** JShell: the script of the examples, as a person runs it. */
class JShellIT {
  private static final Path SCRIPT = Path.of("..", "jshell", "credits.jsh");

  @TempDir Path folder;

  private List<String> run(Office office) throws IOException, InterruptedException, SQLException {
    String jar =
        DriverManager.getDriver("jdbc:turntable:demo")
            .getClass()
            .getProtectionDomain()
            .getCodeSource()
            .getLocation()
            .getPath();
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jshell").toString(),
                "-J-Duser.home=" + folder,
                "-J-Djava.util.prefs.userRoot=" + folder,
                "--class-path",
                jar,
                SCRIPT.toString())
            .redirectError(err.toFile())
            .redirectOutput(out.toFile());
    builder.environment().keySet().removeIf(name -> name.matches("(HANDINGER|RB)_.*"));
    builder.environment().putAll(office.environment());
    Process process = builder.start();
    process.getOutputStream().close();
    assertThat(process.waitFor()).as(Files.readString(err)).isZero();
    return Files.readAllLines(out);
  }

  @Test
  void theScriptDrawsCreditsByWorker() throws IOException, InterruptedException, SQLException {
    try (Office office = Office.open()) {
      Map<String, Long> credits =
          office.tasks().stream()
              .collect(
                  Collectors.groupingBy(
                      HandingerTask::workerId, Collectors.summingLong(HandingerTask::credits)));
      List<String> lines = run(office);
      assertThat(lines).hasSameSizeAs(credits.keySet());
      assertThat(lines.get(0)).as("the longest bar").endsWith("  " + "#".repeat(40));
      credits.forEach(
          (worker, sum) ->
              assertThat(lines)
                  .filteredOn(line -> line.startsWith(worker + " "))
                  .singleElement()
                  .asString()
                  .contains(String.format(Locale.ROOT, "%,7d credits", sum)));
      assertThat(office.asked()).containsExactlyInAnyOrderElementsOf(office.readsOfAll());
    }
  }
}
