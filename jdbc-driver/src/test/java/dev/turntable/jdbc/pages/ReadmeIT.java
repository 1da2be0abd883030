package dev.turntable.jdbc.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every {@code java -jar} and {@code jshell} command of the README and of the pages below docs runs, on the packed jar. The Maven
 * commands beside them are what builds and runs this very test; what Spark, Python and R are told is
 * run with the slow clients.
 */
final class ReadmeIT {
  @TestFactory
  Stream<DynamicTest> commands() throws IOException {
    return Markdown.allCommands().stream()
        .flatMap(line -> Arrays.stream(line.split(" && ")))
        .filter(command -> command.startsWith("java -jar ") || command.startsWith("jshell "))
        .map(command -> DynamicTest.dynamicTest(command, () -> run(command)));
  }

  private static void run(String command) throws IOException, InterruptedException {
    String tools = Path.of(System.getProperty("java.home"), "bin") + "/";
    Process process =
        new ProcessBuilder(List.of("bash", "-c", "'" + tools + command.replaceFirst(" ", "' ")))
            .directory(Path.of("..").toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).as(command).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    assertThat(output)
        .containsPattern("credits|output_text|task_runs")
        .containsPattern(
            "completed|wrk_competitor-watch|Done: What is this about|\\d+ new, \\d+ changed");
  }
}
