package dev.turntable.examples.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Rewrites the table of figures in a page. */
final class Report {
  private static final String BEGIN = "<!-- figures -->";
  private static final String END = "<!-- end of figures -->";

  private Report() {}

  static void write(Path page, String day, List<Figure> figures) throws IOException {
    String text = Files.readString(page);
    int begin = text.indexOf(BEGIN);
    int end = text.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IOException(page + " has no place for figures");
    }
    Files.writeString(
        page,
        text.substring(0, begin)
            + String.join("\n", lines(day, figures))
            + "\n"
            + text.substring(end));
  }

  private static List<String> lines(String day, List<Figure> figures) throws IOException {
    List<String> lines = new ArrayList<>(List.of(BEGIN));
    lines.add("Run on " + day + ": " + machine() + ".");
    lines.add("");
    lines.add("| measured; beside | Turntable | the other | ratio | target | met |");
    lines.add("| --- | --- | --- | --- | --- | --- |");
    figures.forEach(figure -> lines.add(figure.row()));
    return lines;
  }

  private static String machine() throws IOException {
    return cpu()
        + ", "
        + Runtime.getRuntime().availableProcessors()
        + " cores, "
        + System.getProperty("os.name")
        + ", "
        + System.getProperty("java.vm.name")
        + " "
        + System.getProperty("java.version");
  }

  private static String cpu() throws IOException {
    Path info = Path.of("/proc/cpuinfo");
    if (!Files.exists(info)) {
      return System.getProperty("os.arch");
    }
    try (Stream<String> lines = Files.lines(info)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    }
  }
}
