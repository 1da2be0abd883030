package dev.turntable.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.lowagie.text.pdf.PdfReader;
import com.lowagie.text.pdf.parser.PdfTextExtractor;
import dev.turntable.simulator.handinger.HandingerState;
import dev.turntable.simulator.handinger.HandingerTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import net.sf.jasperreports.engine.JRException;
import net.sf.jasperreports.engine.JRParameter;
import net.sf.jasperreports.engine.JasperCompileManager;
import net.sf.jasperreports.engine.JasperExportManager;
import net.sf.jasperreports.engine.JasperFillManager;
import net.sf.jasperreports.engine.JasperPrint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** JasperReports: the report of the examples, printed. */
class JasperIT {
  private static final Path REPORT = Path.of("..", "jasper", "credits-by-worker.jrxml");
  private static final Path FOLDER = Path.of("target");

  private Office office;

  @BeforeEach
  void open() throws IOException {
    office = Office.open();
  }

  @AfterEach
  void close() {
    office.close();
  }

  /** Prints the report and returns its text. */
  private String print(String name, Map<String, Object> parameters)
      throws JRException, SQLException, IOException {
    parameters.put(JRParameter.REPORT_LOCALE, Locale.UK);
    try (Connection connection = office.connectToAll()) {
      JasperPrint print =
          JasperFillManager.fillReport(
              JasperCompileManager.compileReport(REPORT.toString()), parameters, connection);
      Files.createDirectories(FOLDER);
      JasperExportManager.exportReportToPdfFile(print, FOLDER.resolve(name).toString());
    }
    try (PdfReader pdf = new PdfReader(FOLDER.resolve(name).toString())) {
      assertThat(pdf.getNumberOfPages()).isEqualTo(1);
      return new PdfTextExtractor(pdf).getTextFromPage(1);
    }
  }

  /** What the report shows of some tasks, as its text has it. */
  private void assertShows(String text, List<HandingerTask> tasks) {
    Map<String, List<HandingerTask>> workers =
        tasks.stream().collect(Collectors.groupingBy(HandingerTask::workerId));
    assertThat(text)
        .contains("Credits by worker", "Failed", "Share", "All workers", "Page 1")
        .contains(String.format(Locale.UK, "%,d credits in %d tasks", credits(tasks), tasks.size()))
        .contains("Read: " + office.service().tasks().size() + " tasks, known ids only");
    workers.forEach(
        (worker, theirs) ->
            assertThat(text)
                .containsPattern(
                    String.format(
                        Locale.UK,
                        "\\Q%s\\E\\s+%d\\s+%d\\s+%,d\\s",
                        worker,
                        theirs.size(),
                        theirs.stream().filter(task -> task.status().equals("error")).count(),
                        credits(theirs))));
  }

  private static long credits(List<HandingerTask> tasks) {
    return tasks.stream().mapToLong(HandingerTask::credits).sum();
  }

  @Test
  void allTasksAreCounted() throws JRException, SQLException, IOException {
    List<HandingerTask> tasks = office.service().tasks();
    assertShows(print("credits-by-worker.pdf", new HashMap<>()), tasks);
    assertThat(office.asked())
        .as("a page of each log, and each task once")
        .hasSize(HandingerState.demoWorkerIds().size() + tasks.size())
        .doesNotHaveDuplicates();
  }

  /** Jasper binds a java.util.Date as a DATE, to be compared with a TIMESTAMP. */
  @Test
  void aDateLeavesOlderTasksOut() throws JRException, SQLException, IOException {
    LocalDate day = LocalDate.of(2026, 7, 1);
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("since", new Date(Timestamp.valueOf(day.atStartOfDay()).getTime()));
    Instant begin = day.atStartOfDay(ZoneOffset.UTC).toInstant();
    List<HandingerTask> tasks =
        office.service().tasks().stream()
            .filter(task -> !task.createdAt().isBefore(begin))
            .toList();
    assertThat(tasks).isNotEmpty().hasSizeLessThan(office.service().tasks().size());
    assertShows(print("credits-by-worker-since-july.pdf", parameters), tasks);
  }
}
