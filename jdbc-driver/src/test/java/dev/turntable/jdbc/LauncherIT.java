package dev.turntable.jdbc;

import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.jdbc.Program.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher runs the packed jar, from an archive of its classes as soon as there is one. */
final class LauncherIT {
  private static final String POINT_READ =
      "SELECT id, credits FROM tasks WHERE id = '" + Services.TASK + "'";

  @TempDir private Path cache;

  @TempDir private Path folder;

  @Test
  void theFirstRunLeavesAnArchiveForTheOthers() throws Exception {
    Run first = run(cache.toString(), "-e", POINT_READ);
    List<Path> archives = archives();
    Run second = run(cache.toString(), "-e", POINT_READ);
    Run planned = run(cache.toString(), "-e", "SELECT COUNT(*) AS n FROM tasks");

    assertThat(first.out()).contains(Services.TASK + " |      42");
    assertThat(archives).hasSize(1);
    assertThat(Files.size(archives.get(0))).isGreaterThan(10_000_000);
    assertThat(second).isEqualTo(first);
    assertThat(planned.status()).isZero();
    assertThat(archives()).isEqualTo(archives);
  }

  @Test
  void aStatementThatFailsIsAFailureOfTheScript() throws Exception {
    for (int run = 0; run < 2; run++) { // without and with an archive
      Run failed = run(cache.toString(), "-e", "SELECT nothing FROM tasks");
      assertThat(failed.status()).isEqualTo(1);
      assertThat(failed.err()).contains("Column 'nothing' not found");
    }
  }

  @Test
  void whereNothingCanBeKeptItRunsAsWell() throws Exception {
    Path file = Files.createFile(cache.resolve("file"));

    Run run = run(file.toString(), "-e", POINT_READ);

    assertThat(run.status()).isZero();
    assertThat(run.out()).contains(Services.TASK);
  }

  @Test
  void linksAreFollowedToTheJarBesideTheScript() throws Exception {
    Path script = Path.of("src/main/scripts/turntable").toAbsolutePath();
    Path bin = Files.createDirectories(folder.resolve("a place/bin"));
    Files.createSymbolicLink(folder.resolve("absolute"), script);
    Files.createSymbolicLink(bin.resolve("turntable"), Path.of("../../absolute"));

    Map<String, String> found =
        Map.of("PATH", bin + ":" + System.getenv("PATH"), "XDG_CACHE_HOME", cache.toString());

    for (String command : List.of("'a place/bin/turntable'", "turntable", "sh absolute")) {
      Run run =
          Program.in(folder)
              .with(found)
              .run(List.of("sh", "-c", "cd '" + folder + "' && " + command + " --version"));
      assertThat(run.out()).startsWith("turntable ");
    }
  }

  @Test
  void jarsOfSourcesAndPagesAreNotTheDriver() throws Exception {
    Path script = folder.resolve("turntable");
    Files.copy(Path.of("src/main/scripts/turntable"), script, COPY_ATTRIBUTES);
    Files.createFile(folder.resolve("turntable-jdbc-1-javadoc.jar"));
    Files.createFile(folder.resolve("turntable-jdbc-1-sources.jar"));

    Map<String, String> nothing = Map.of("XDG_CACHE_HOME", cache.toString());

    Run without = Program.in(folder).with(nothing).run(List.of(script.toString(), "--version"));
    Files.createSymbolicLink(folder.resolve("turntable-jdbc-1.jar"), Program.JAR);
    Run with = Program.in(folder).with(nothing).run(List.of(script.toString(), "--version"));

    assertThat(without.status()).isEqualTo(2);
    assertThat(without.err()).contains("set TURNTABLE_JAR");
    assertThat(with.out()).startsWith("turntable ");
  }

  /** There is no Windows here to run it: what it hands to Java, and that a Windows reads it. */
  @Test
  void theScriptForWindowsStartsTheSameProgram() throws Exception {
    String script = Files.readString(Path.of("src/main/scripts/turntable.cmd"));
    String java =
        script.lines().filter(line -> line.startsWith("\"%java%\"")).findFirst().orElseThrow();
    List<String> command =
        List.of(
            java.replace("\"%java%\"", System.getProperty("java.home") + "/bin/java")
                .replace("\"%jar%\"", Program.JAR.toString())
                .replace("%*", "--version")
                .split(" "));

    assertThat(script.replace("\r\n", "")).doesNotContain("\n", "\r");
    assertThat(script).contains("exit /b %ERRORLEVEL%");
    assertThat(Program.in(folder).run(command).out()).startsWith("turntable ");
  }

  private List<Path> archives() throws IOException {
    try (Stream<Path> files = Files.list(cache.resolve("turntable"))) {
      return files.filter(file -> file.toString().matches(".*\\.(jsa|aot)")).toList();
    }
  }

  private Run run(String cache, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("src/main/scripts/turntable"));
    command.addAll(List.of(arguments));
    return Program.in(folder)
        .with(
            Map.of(
                "JAVA_HOME", System.getProperty("java.home"),
                "TURNTABLE_JAR", Program.JAR.toString(),
                "XDG_CACHE_HOME", cache))
        .run(command);
  }
}
