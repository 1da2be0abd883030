package dev.turntable.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The jar as a module, and beside Java runtimes that hold few. Holds from the list of broken
 * promises: "demo under jlink or on the module path fails with NoClassDefFoundError".
 */
class ModulesIT {
  private static final String JAR = System.getProperty("turntable.jar");

  private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));

  private static final Path JAVA = JAVA_HOME.resolve("bin").resolve("java");

  private static final String MAIN = "dev.turntable.jdbc.cli.Main";

  /** An automatic module cannot say what it requires, so whoever starts it says so. */
  private static final String MODULES = "java.sql,jdk.httpserver";

  /** Takes the recursive road, too, which generates code. */
  private static final String SQL =
      "SELECT COUNT(*) AS n FROM tasks; WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i + 1"
          + " FROM r WHERE i < 5) SELECT SUM(i) AS s FROM r";

  @TempDir Path folder;

  /** What a run of a program gave. */
  private record Run(int status, String out, String err) {}

  private Run run(Path program, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    if (program.endsWith("java")) {
      command.addAll(
          List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")); // it lives for seconds
    }
    command.addAll(Arrays.asList(arguments));
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().keySet().removeIf(name -> name.matches("(HANDINGER|RB|TURNTABLE)_.*"));
    int status = builder.start().waitFor();
    return new Run(status, Files.readString(out), Files.readString(err));
  }

  private Path image(String modules) throws IOException, InterruptedException {
    Path image = folder.resolve(modules.replace(',', '-'));
    Run linked =
        run(
            JAVA_HOME.resolve("bin").resolve("jlink"),
            "--add-modules",
            modules,
            "--output",
            image.toString());
    assertThat(linked.status()).as(linked.out() + linked.err()).isZero();
    return image.resolve("bin").resolve("java");
  }

  private static void assertAnswers(Run run) {
    assertThat(run.err()).doesNotContain("Exception", "Error");
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).matches("n\r\n[1-9][0-9]*\r\ns\r\n15\r\n");
  }

  @Test
  void answersOnTheModulePath() throws Exception {
    assertAnswers(
        run(
            JAVA,
            "-p",
            JAR,
            "--add-modules",
            MODULES,
            "-m",
            "dev.turntable.jdbc/" + MAIN,
            "--format",
            "csv",
            "-e",
            SQL));
    Run described = run(JAVA, "-p", JAR, "--describe-module", "dev.turntable.jdbc");
    assertThat(described.out())
        .contains("automatic", "provides java.sql.Driver with dev.turntable.jdbc.TurntableDriver");
  }

  /** As the README names them. */
  @Test
  void answersInAnImageThatHoldsTheNamedModules() throws Exception {
    Path java = image(MODULES);
    assertAnswers(run(java, "-jar", JAR, "--format", "csv", "-e", SQL));
    assertAnswers(
        run(
            java,
            "-p",
            JAR,
            "--add-modules",
            MODULES,
            "-m",
            "dev.turntable.jdbc/" + MAIN,
            "--format",
            "csv",
            "-e",
            SQL));
  }

  @Test
  void namesAModuleThatIsMissing() throws Exception {
    Run demo = run(image("java.sql"), "-jar", JAR, "-e", "SELECT 1");
    assertThat(demo.status()).isEqualTo(1);
    assertThat(demo.err()).startsWith("error: [0A000] ").contains("jdk.httpserver");
    Run unasked = run(JAVA, "-p", JAR, "-m", "dev.turntable.jdbc/" + MAIN, "-e", "SELECT 1");
    assertThat(unasked.err()).contains("--add-modules java.sql").doesNotContain("\tat ");
    Run nothing = run(image("java.base,java.logging"), "-jar", JAR, "-e", "SELECT 1");
    assertThat(nothing.status()).isEqualTo(1);
    assertThat(nothing.err()).contains("java.sql").doesNotContain("\tat ");
  }
}
