package dev.turntable.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.plan.Bench.Result;
import dev.turntable.simulator.rightbrain.RightbrainOptions;
import dev.turntable.simulator.server.Fault;
import dev.turntable.simulator.server.FaultRule;
import dev.turntable.source.ErrorKind;
import dev.turntable.store.file.Stores;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs of a store: the spans of time that it covers, the gaps that are asked for. */
final class StoredRunsTest {
  private static final DateTimeFormatter LITERAL =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

  private final Bench bench =
      Bench.rightbrain(
          RightbrainOptions.builder().tasks(3).runsPerTask(40).span(Duration.ofDays(90)).build());

  /** When the last run was made, to the second. */
  private final Instant now = last();

  @TempDir Path temp;

  @AfterEach
  void close() {
    bench.close();
  }

  private Instant last() {
    String last =
        bench.sql("SELECT CAST(MAX(created) AS VARCHAR) FROM task_runs").rows().rows().get(0);
    return Instant.parse(last.substring(0, 19).replace(' ', 'T') + "Z");
  }

  private Path store() {
    return temp.resolve("store");
  }

  private String at(int daysAgo) {
    return "TIMESTAMP '" + LITERAL.format(now.minus(Duration.ofDays(daysAgo))) + "'";
  }

  private String between(int from, int to) {
    return "SELECT id FROM task_runs WHERE created >= "
        + at(from)
        + " AND created < "
        + at(to)
        + " ORDER BY id";
  }

  @Test
  void ofAHoleOnlyTheHoleIsAskedFor() {
    List<String> live = bench.sql(between(80, 10)).rows().rows();
    int pages = bench.sql(between(60, 30)).rows().requests().size();
    bench.store(store(), "maxAge", "3600");
    int begin = bench.sql(between(80, 60)).rows().rows().size();
    int end = bench.sql(between(30, 10)).rows().rows().size();

    Result result = bench.sql(between(80, 10)).rows().sent(pages);

    assertThat(result.rows()).isEqualTo(live);
    assertThat(begin + end).isBetween(1, live.size());
    assertThat(result.requests()).isNotEmpty();
    assertThat(result.requests())
        .allSatisfy(
            request ->
                assertThat(request.target())
                    .contains(
                        start(now.minus(Duration.ofDays(60))),
                        end(now.minus(Duration.ofDays(30)))));
    bench.sql(between(80, 10)).rows().sent(0);
    bench.sql(between(50, 20)).rows().sent(0);
  }

  private static String start(Instant time) {
    return "start_date=" + time.minusMillis(1).toString().replace(":", "%3A");
  }

  private static String end(Instant time) {
    return "end_date=" + time.toString().replace(":", "%3A");
  }

  @Test
  void aHoleThatCannotBeReadIsAnError() {
    bench.store(store(), "maxAge", "3600", "maxRetries", "0");
    bench.sql(between(80, 60)).rows();
    bench.sql(between(30, 10)).rows();
    bench.simulator().faults(FaultRule.always(Fault.status(500)));

    bench.sql(between(80, 10)).fails(ErrorKind.BAD_ANSWER);
    bench.sql(between(80, 60)).rows().sent(0);
  }

  @Test
  void runsOfATaskAndOfTheProjectAreWhatTheyAreWithoutAStore() {
    String task = bench.simulator().rightbrain().taskIds().get(0);
    String ofTask = "SELECT * FROM task_runs WHERE task_id = '" + task + "' ORDER BY id";
    String newest =
        "SELECT id FROM task_runs WHERE task_id = '" + task + "' ORDER BY created DESC LIMIT 5";
    String all = "SELECT id, status, charged_credits, created FROM task_runs ORDER BY id";
    List<String> liveOfTask = bench.sql(ofTask).rows().rows();
    List<String> liveAll = bench.sql(all).rows().rows();
    List<String> liveNewest = bench.sql(newest).rows().rows();
    bench.store(store(), "maxAge", "3600");
    bench.sql(ofTask).rows();
    bench.sql(all).rows();

    assertThat(bench.sql(ofTask).rows().sent(0).rows()).isEqualTo(liveOfTask);
    assertThat(bench.sql(all).rows().sent(0).rows()).isEqualTo(liveAll);
    assertThat(bench.sql(newest).rows().sent(0).rows()).isEqualTo(liveNewest);
    assertThat(bench.sql(all).explain()).contains("store: 120 rows").doesNotContain("GET");
  }

  @Test
  void aStatusOrALimitCoversNothing() {
    bench.store(store(), "maxAge", "3600");
    bench.sql("SELECT id FROM task_runs WHERE status = 'error'").rows();
    bench.sql("SELECT id FROM task_runs LIMIT 500").rows();

    assertThat(bench.sql("SELECT id FROM task_runs").rows().requests()).isNotEmpty();
    bench.sql("SELECT id FROM task_runs WHERE status = 'error'").rows().sent(0);
  }

  @Test
  void whatHasSettledMayBeOlderAndARunIsVisibleAtOnce() {
    String all = "SELECT COUNT(*) FROM task_runs";
    bench.store(store(), "maxAge", "60", "finalMaxAge", "unlimited");
    bench.sql(all).rows().is("120");
    String task = bench.simulator().rightbrain().taskIds().get(0);
    bench
        .sql(
            "INSERT INTO task_runs (task_id, input) VALUES ('"
                + task
                + "', '{\"text\":\"a\",\"reader\":\"b\"}')")
        .update();

    Result result = bench.sql(all).rows().is("121");

    assertThat(result.requests())
        .isNotEmpty()
        .allSatisfy(request -> assertThat(request.target()).contains("start_date=20"));
    Stores.age(store(), Duration.ofDays(2));
    assertThat(bench.sql(between(80, 3)).rows().requests()).isEmpty();
  }

  @Test
  void aRunThatOthersMadeIsFoundWithinMaxAgeAndWhatHasSettledIsNotReadAgain() {
    String all = "SELECT COUNT(*) FROM task_runs";
    bench.store(store(), "maxAge", "60", "finalMaxAge", "unlimited");
    bench.sql(all).rows().is("120");
    bench.simulator().rightbrain().addRun(bench.simulator().rightbrain().taskIds().get(0));
    bench.sql(all).rows().sent(0).is("120");

    Stores.age(store(), Duration.ofSeconds(61));
    Result result = bench.sql(all).rows().is("121");

    assertThat(result.requests()).hasSize(1);
    assertThat(result.requests().get(0).target())
        .contains(start(now.minus(Duration.ofHours(1))).substring(0, 24));
  }

  /** A run may take long, and has the time at which it began. */
  @Test
  void aRunThatAppearsLaterThanYoungerOnesIsFound() {
    String all = "SELECT COUNT(*) FROM task_runs";
    bench.store(store(), "maxAge", "60", "finalMaxAge", "unlimited");
    String task = bench.simulator().rightbrain().taskIds().get(0);
    String late = bench.simulator().rightbrain().addRun(task);
    bench.simulator().rightbrain().addRun(task);
    bench.sql(all).rows().is("122");
    // As if it had not been there yet.
    Stores.change(store(), "DELETE FROM \"rows rightbrain.task_runs\" WHERE id = '" + late + "'");
    Stores.age(store(), Duration.ofSeconds(61));

    bench.sql(all).rows().is("122").sent(1);
  }

  @Test
  void runsOfADeletedTaskAreNotOnTheProjectsList() {
    String task = bench.simulator().rightbrain().taskIds().get(0);
    bench.store(store(), "maxAge", "3600");
    bench.simulator().rightbrain().deleteTask(task);
    String ofTask = "SELECT COUNT(*) FROM task_runs WHERE task_id = '" + task + "'";
    String live = bench.sql(ofTask).rows().rows().get(0);
    bench.sql("SELECT COUNT(*) FROM task_runs").rows().is("80");

    bench.sql(ofTask).rows().sent(0).is(live);
    bench.sql("SELECT COUNT(*) FROM task_runs").rows().sent(0).is("80");
  }

  @Test
  void theProjectsRunsAnswerForATaskThatAYoungerListNames() {
    String task = bench.simulator().rightbrain().taskIds().get(0);
    String ofTask = "SELECT id FROM task_runs WHERE task_id = '" + task + "' ORDER BY id";
    List<String> live = bench.sql(ofTask).rows().hasRows(40).rows();
    bench.store(store(), "maxAge", "3600");
    bench.sql("SELECT id FROM tasks").rows().hasRows(3);
    bench.sql("SELECT id FROM task_runs").rows().hasRows(120);
    assertThat(bench.sql(ofTask).explain()).as("the list is older").contains("GET");

    bench.store(store(), "maxAge", "3600");
    Stores.change(store(), "UPDATE windows SET read_at = read_at - to_seconds(1)");

    assertThat(bench.sql(ofTask).explain()).contains("store: 40 rows").doesNotContain("GET");
    assertThat(bench.sql(ofTask).rows().sent(0).rows()).isEqualTo(live);
    String each = "SELECT COUNT(*) FROM task_runs WHERE task_id IN ";
    List<String> all = bench.simulator().rightbrain().taskIds();
    bench.sql(each + "('" + String.join("', '", all) + "')").rows().sent(0).is("120");
  }

  @Test
  void aTaskThatNoListNamesNeedsACoverageOfItsOwn() {
    String deleted = bench.simulator().rightbrain().taskIds().get(0);
    String ofTask = "SELECT COUNT(*) FROM task_runs WHERE task_id = '" + deleted + "'";
    bench.simulator().rightbrain().deleteTask(deleted);
    bench.store(store(), "maxAge", "3600");
    bench.sql("SELECT id FROM task_runs").rows().hasRows(80);
    bench.sql("SELECT id FROM tasks").rows().hasRows(2);

    assertThat(bench.sql(ofTask).rows().is("40").requests()).isNotEmpty();
    bench.sql(ofTask).rows().sent(0).is("40");
  }

  /** They are views of the runs, as a task's columns are: what they show is read from the service. */
  @Test
  void tablesOfTypedRunsAskTheServiceAsWithoutAStore() {
    String typed = "SELECT COUNT(*) FROM rightbrain_runs.\"Task-1\"";
    Result live = bench.sql(typed).rows();
    bench.sql(typed).rows();
    bench.store(store(), "maxAge", "3600");
    bench.sql("SELECT id FROM task_runs").rows().hasRows(120);
    Result stored = bench.sql(typed).rows().is(live.rows().get(0));

    assertThat(stored.requests().stream().map(request -> request.line()).toList())
        .containsExactlyInAnyOrderElementsOf(
            live.requests().stream().map(request -> request.line()).toList());
  }

  @Test
  void oldRunsStandInForAServiceThatFailsInTheMiddle() {
    String all = "SELECT id FROM task_runs ORDER BY id";
    bench.store(store(), "maxAge", "60");
    List<String> live = bench.sql(all).rows().rows();
    Stores.age(store(), Duration.ofMinutes(5));

    bench.store(store(), "maxAge", "60", "staleIfError", "true", "maxRetries", "0");
    bench
        .simulator()
        .faults((request, at) -> at > 1 ? Optional.of(Fault.status(500)) : Optional.empty());
    Result stale = bench.sql(all).rows();

    assertThat(stale.rows()).isEqualTo(live);
    assertThat(stale.warnings()).anyMatch(text -> text.contains("from the store, 6 min old"));
    bench.simulator().faults(FaultRule.always(Fault.status(401)));
    bench.sql(all).fails(ErrorKind.AUTHENTICATION);
  }

  @Test
  void whatAListFromTheStoreShowsIsNotReadAgainByItsKeys() {
    List<String> tasks = bench.simulator().rightbrain().taskIds();
    bench.store(store(), "maxAge", "3600");
    bench.sql("SELECT id FROM tasks").rows().hasRows(3);
    bench.sql("SELECT id FROM task_runs").rows().hasRows(120);

    bench
        .sql("SELECT id FROM tasks WHERE id = '" + tasks.get(0) + "' OR name <> ''")
        .rows()
        .hasRows(3)
        .sent(0);
    bench
        .sql(
            "SELECT COUNT(*), COUNT(DISTINCT id) FROM task_runs WHERE task_id = '"
                + tasks.get(1)
                + "' OR status <> 'x'")
        .rows()
        .is("120 | 120");
    bench.sql("SELECT COUNT(*) FROM tasks t JOIN task_runs r ON r.task_id = t.id").rows().is("120");
  }
}
