package dev.turntable.jdbc.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.jdbc.Program;
import dev.turntable.jdbc.Program.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The command line where there is no locale, as in containers and cron jobs. Holds number 5 of the list
 * of broken promises.
 */
@EnabledOnOs(OS.LINUX)
class LocaleIT {
  private static final String TEXT = "M\u00fcnchen \u6771\u4eac \ud83d\ude00?";

  @TempDir Path folder;

  /** Runs a line of shell, in which {@code $JAVA} starts the jar and {@code $SHELL_OF_JAVA} its
   * shell, without any locale but this. */
  private Run run(String locale, String line) throws IOException, InterruptedException {
    Program program = Program.in(folder);
    String java = String.join(" ", program.javaForTheJar());
    String jar = " -jar " + Program.JAR + " --format csv";
    Map<String, String> variables =
        Map.of(
            "JAVA",
            java + jar,
            "SHELL_OF_JAVA",
            java + " -Dturntable.terminals=4" + jar,
            "LC_ALL",
            locale);
    // The locale of this process may be none that passes on what the line holds.
    Path script = Files.writeString(folder.resolve("script"), line);
    return program.with(variables).run(List.of("/bin/sh", script.toString()));
  }

  /** The text as printf takes it, whatever encoding this process has. */
  private static String octal(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    for (byte each : bytes) {
      text.append(String.format(Locale.ROOT, "\\%03o", each));
    }
    return "$(printf '" + text + "')";
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "C", "C.UTF-8"})
  void argumentsAndStandardInputAreUtf8(String locale) throws Exception {
    String sql = octal(("SELECT '" + TEXT + "' AS a").getBytes(UTF_8));
    for (String line :
        new String[] {
          "$JAVA -e \"" + sql + "\"",
          "printf %s \"" + sql + "\" | $JAVA -f -",
          "printf %s \"" + sql + "\" | $JAVA",
          "printf %s \"" + sql + "\" > '" + folder + "/f'; $JAVA -f '" + folder + "/f'"
        }) {
      Run run = run(locale, line);
      assertThat(run.status()).as(run.err()).isZero();
      assertThat(run.out()).as(line).isEqualTo("a\r\n" + TEXT + "\r\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"C", "C.UTF-8"})
  void whatIsNotUtf8IsRefused(String locale) throws Exception {
    String sql =
        octal("SELECT 'M\u00fcnchen'".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
    for (String line :
        new String[] {
          "$JAVA -e \"" + sql + "\"",
          "printf %s \"" + sql + "\" | $JAVA -f -",
          "printf %s \"" + sql + "\" | $JAVA"
        }) {
      Run run = run(locale, line);
      assertThat(run.status()).isEqualTo(1);
      assertThat(run.out()).isEmpty();
      assertThat(run.err()).startsWith("error: [22023] ").contains("not UTF-8; nothing was sent");
    }
  }

  @Test
  void theShellReadsUtf8Too() throws Exception {
    String sql = octal("SELECT 'M\u00fcnchen' AS a;".getBytes(UTF_8));
    String bad =
        octal("SELECT 'M\u00fcnchen';".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
    Run run = run("C", "printf '%s\\n%s\\n' \"" + bad + "\" \"" + sql + "\" | $SHELL_OF_JAVA");
    assertThat(run.out()).contains("M\u00fcnchen");
    assertThat(run.err()).contains("[22023] the line is not UTF-8");
  }

  @Test
  void aUrlOfTheEnvironmentThatCannotBeReadIsRefused() throws Exception {
    String url = octal("jdbc:turntable:demo:\u00e4=1".getBytes(UTF_8));
    Run run = run("C", "TURNTABLE_URL=\"" + url + "\" $JAVA -e 'SELECT 1'");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("22023", "TURNTABLE_URL");
  }
}
