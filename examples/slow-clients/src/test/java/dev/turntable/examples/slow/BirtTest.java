package dev.turntable.examples.slow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.simulator.handinger.HandingerTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** BIRT's report of the credits, as PDF. */
final class BirtTest {
  private static final Instant SINCE = Instant.parse("2026-06-01T00:00:00Z");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void printsTheReport(boolean driverFirst) throws IOException, InterruptedException {
    Files.createDirectories(Places.RESULTS);
    Path pdf = Places.RESULTS.resolve("birt-credits.pdf");
    Files.deleteIfExists(pdf);
    String birt = Places.classPath("birt");
    try (Service service = Service.start()) {
      String said =
          Program.run(
              folder,
              service.environment(),
              Places.java(),
              "--add-opens=java.base/java.net=ALL-UNNAMED",
              "-cp",
              driverFirst ? Places.join(Places.DRIVER, birt) : Places.join(birt, Places.DRIVER),
              "org.eclipse.birt.report.engine.api.ReportRunner",
              "-f",
              "PDF",
              "-o",
              pdf.toString(),
              "-p",
              "url=" + service.url(),
              "-p",
              "since=" + SINCE.toString().substring(0, 10),
              Places.example("birt").resolve("credits.rptdesign").toString());
      assertThat(pdf).as(said).isNotEmptyFile();
      assertThat(service.requests()).hasSize(service.tasks().size());

      List<HandingerTask> counted =
          service.tasks().stream().filter(task -> !task.createdAt().isBefore(SINCE)).toList();
      long credits = counted.stream().mapToLong(HandingerTask::credits).sum();
      String text =
          Program.run(folder, service.environment(), "pdftotext", "-layout", pdf.toString(), "-");
      assertThat(text)
          .contains("Credits by worker", "Tasks created since 2026-06-01")
          .contains("Read: " + service.tasks().size() + " tasks, known ids only")
          .containsPattern(
              "All workers +%d +%s"
                  .formatted(counted.size(), String.format(Locale.ROOT, "%,d", credits)));
      for (HandingerTask task : counted) {
        assertThat(text).contains(task.workerId(), task.status());
      }
    }
  }
}
