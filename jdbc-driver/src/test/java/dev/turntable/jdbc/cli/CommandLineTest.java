package dev.turntable.jdbc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... arguments) {
    return new CommandLine(
            Map.of(),
            new ByteArrayInputStream(new byte[0]),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Screen.NONE)
        .run(arguments);
  }

  @Test
  void helpAndVersionGoToStandardOutput() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("--format", "TURNTABLE_URL", "-0.1.0")
        .doesNotContain("${");
    out.reset();
    assertThat(run("--version")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("turntable 0.1.0");
    assertThat(err.size()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-x", "-e", "--format=xml", "--format", "-f"})
  void wrongArgumentsAreToldAndHaveTheirOwnStatus(String argument) {
    assertThat(run(argument)).isEqualTo(2);
    assertThat(out.size()).isZero();
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("--help");
  }

  @Test
  void twoUrlsAreOneTooMany() {
    assertThat(run("jdbc:turntable:demo", "SELECT 1")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("-e");
  }

  @Test
  void failuresGoToStandardErrorWithStatusOne() {
    assertThat(run("jdbc:turntable:nix:apiKey=sk_secret", "-e", "SELECT 1")).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .startsWith("error: [22023] unknown source")
        .doesNotContain("sk_secret");
    assertThat(run("jdbc:other:x", "-e", "SELECT 1")).isEqualTo(1);
    assertThat(out.size()).isZero();
  }
}
