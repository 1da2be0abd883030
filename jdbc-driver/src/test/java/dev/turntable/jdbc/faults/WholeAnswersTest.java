package dev.turntable.jdbc.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.jdbc.faults.Cell.Result;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an answer must hold, and in which order it may come, for every way to read every table. */
class WholeAnswersTest {
  private static final Emissions EMISSIONS = new Emissions();
  private static Readings readings;

  @BeforeAll
  static void open() throws IOException, SQLException {
    readings = new Readings();
  }

  @AfterAll
  static void close() {
    readings.close();
    EMISSIONS.close();
  }

  private static Result run(Reading reading, Line.Plan plan) throws IOException {
    return new Cell(EMISSIONS, reading, Map.of(), 0).run(plan);
  }

  /** A list comes in whatever order; who wants one gets it all the same. */
  @Test
  void rowsComeInWhateverOrderAPageHas() throws Exception {
    int turned = 0;
    for (Reading reading : readings.all()) {
      Result right = run(reading, (number, request) -> null);
      Trouble trouble = Trouble.changed(Json::reverseRows);
      Result result = run(reading, (number, request) -> trouble);
      turned += result.line().faults();
      assertThat((Throwable) result.failure()).as(reading.toString()).isNull();
      assertThat(Difference.of(right, result).isNone()).as(reading.toString()).isTrue();
      if (reading.isOrdered()) {
        assertThat(result.rows()).as(reading.toString()).isEqualTo(right.rows());
      }
    }
    assertThat(turned).as("pages").isGreaterThan(70);
  }

  /** A member that the services always send, under another name: what it holds is not nothing. */
  @ParameterizedTest
  @CsvSource({
    "handinger.tasks, id",
    "handinger.turns, items",
    "handinger.webhook_executions, logs",
    "handinger.webhook_executions, pageCount",
    "handinger.webhook_executions, totalCount",
    "handinger.webhook_executions, createdAt",
    "handinger.worker_schedules, schedules",
    "handinger.workers, id",
    "rightbrain.tasks, results",
    "rightbrain.tasks, name",
    "rightbrain.task_revisions, revisions",
    "rightbrain.task_runs, results",
    "rightbrain.task_runs, created",
    "rightbrain.token_report, task_revisions",
    "rightbrain.credit_report, task_revisions",
    "rightbrain.timing_report, task_revisions",
    "rightbrain.timing_report, data",
    "rightbrain.usage_report, task_revisions",
    "rightbrain.usage_report, data"
  })
  void whatMustBeThereIsMissed(String table, String member) throws IOException {
    List<Reading> all =
        readings.all().stream()
            .filter(each -> each.table().equals(table))
            .filter(each -> !each.way().endsWith("turns with the task"))
            .toList();
    assertThat(all).isNotEmpty();
    for (Reading reading : all) {
      Trouble trouble =
          Trouble.changed(text -> text.replace('"' + member + "\":", "\"_" + member + "\":"));
      Result result = run(reading, (number, request) -> trouble);
      if (result.line().faults() > 0) {
        assertThat((Throwable) result.failure())
            .as(reading + " without " + member)
            .isInstanceOf(SQLException.class)
            .hasMessageContaining(table)
            .hasMessageContaining("GET ");
        assertThat(result.failure().getSQLState()).isEqualTo("58000");
      }
    }
  }
}
