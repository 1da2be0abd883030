package dev.turntable.examples.slow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The notebook still gives the figures and plots it was committed with. */
final class NotebookTest {
  private static final Path NOTEBOOK = Places.example("notebook").resolve("credits.ipynb");

  /** Plots of the notebook. */
  private static final int PLOTS = 5;

  @Test
  void givesTheFiguresItShows() throws IOException, InterruptedException {
    Path folder = Files.createDirectories(Places.RESULTS.resolve("notebook"));
    convert(
        NOTEBOOK.getParent(), "notebook", "--execute", "--output-dir", folder.toString(), NOTEBOOK);
    Path executed = folder.resolve("credits.ipynb");
    convert(folder, "html", executed);
    convert(folder, "markdown", "--output", "executed", executed);
    convert(
        folder, "markdown", "--output-dir", folder.toString(), "--output", "committed", NOTEBOOK);

    assertThat(
            Files.readString(folder.resolve("executed.md")).replace("executed_files/executed_", ""))
        .contains("Where do the credits go?", "known ids only", "Month over month", "requests")
        // matplotlib's words for a character that no font has.
        .doesNotContain("missing from current font")
        .isEqualTo(
            Files.readString(folder.resolve("committed.md"))
                .replace("committed_files/committed_", ""));
    assertThat(plots(folder.resolve("executed_files")))
        .hasSize(PLOTS)
        .allSatisfy(plot -> assertThat(Files.size(plot)).isGreaterThan(8_000));
    assertThat(plots(folder.resolve("committed_files"))).hasSize(PLOTS);
  }

  private static void convert(Path folder, String format, Object... more)
      throws IOException, InterruptedException {
    Stream<String> rest = Stream.of(more).map(Object::toString);
    Program.run(
        folder,
        PythonPackage.installed(),
        Stream.concat(Stream.of(Places.PYTHON, "-m", "nbconvert", "--to", format), rest)
            .toArray(String[]::new));
  }

  private static List<Path> plots(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".png")).toList();
    }
  }
}
