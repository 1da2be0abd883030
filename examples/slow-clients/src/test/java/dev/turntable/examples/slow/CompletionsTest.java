package dev.turntable.examples.slow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What fish and zsh complete, with the files that are made from what {@code --help} says. */
final class CompletionsTest {
  private static final Path COMPLETIONS =
      Places.ROOT.resolve("jdbc-driver/src/main/scripts/completions");

  @TempDir Path folder;

  static Stream<Arguments> lines() {
    return Stream.of(
        Arguments.of("turntable --fo", List.of("--format")),
        Arguments.of("turntable --format v", List.of("vertical")),
        Arguments.of("turntable jdbc:turntable:d", List.of("jdbc:turntable:demo")),
        Arguments.of("turntable --param", List.of("--param", "--param-file")));
  }

  @ParameterizedTest
  @MethodSource("lines")
  void fish(String line, List<String> completed) throws IOException, InterruptedException {
    String said =
        Program.run(
            folder,
            Map.of(),
            "fish",
            "--no-config",
            "-c",
            "source " + COMPLETIONS.resolve("turntable.fish") + "; complete -C '" + line + "'");
    assertThat(said.lines().map(each -> each.replaceFirst("\t.*", "")))
        .containsExactlyInAnyOrderElementsOf(completed);
  }

  @ParameterizedTest
  @MethodSource("lines")
  void zsh(String line, List<String> completed) throws IOException, InterruptedException {
    Path out = folder.resolve("completed");
    Program.run(
        folder,
        Map.of("TERM", "xterm"),
        "zsh",
        Places.resource("complete.zsh"),
        COMPLETIONS.toString(),
        line,
        out.toString());
    assertThat(Files.readAllLines(out).stream().filter(each -> !each.isEmpty()).distinct())
        .containsExactlyInAnyOrderElementsOf(completed);
  }
}
