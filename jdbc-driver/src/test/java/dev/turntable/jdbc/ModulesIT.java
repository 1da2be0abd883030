package dev.turntable.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.jdbc.Program.Run;
import java.io.IOException;
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
  private static final String JAR = Program.JAR.toString();

  private static final List<String> JAVA = Program.JAVA;

  private static final String MAIN = "dev.turntable.jdbc.cli.Main";

  /** An automatic module cannot say what it requires, so whoever starts it says so. */
  private static final String MODULES = "java.sql,jdk.httpserver";

  /** Takes the recursive road, too, which generates code. */
  private static final String SQL =
      "SELECT COUNT(*) AS n FROM tasks; WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i + 1"
          + " FROM r WHERE i < 5) SELECT SUM(i) AS s FROM r";

  @TempDir Path folder;

  private Run run(List<String> program, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(program);
    command.addAll(Arrays.asList(arguments));
    return Program.in(folder).run(command);
  }

  private List<String> image(String modules) throws IOException, InterruptedException {
    Path image = folder.resolve(modules.replace(',', '-'));
    Run linked =
        run(
            List.of(Program.tool("jlink").toString()),
            "--add-modules",
            modules,
            "--output",
            image.toString());
    assertThat(linked.status()).as(linked.out() + linked.err()).isZero();
    List<String> java = new ArrayList<>(Program.JAVA);
    java.set(0, image.resolve("bin").resolve("java").toString());
    return java;
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
    List<String> java = image(MODULES);
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
