package dev.turntable.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.simulator.handinger.HandingerTask;
import dev.turntable.simulator.server.ReceivedRequest;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a predicate says beside the keys that it names: a DELETE that overlooked it would archive rows
 * unread. {@code DONE} is a task that is completed, {@code OPEN} one that is not and so has no {@code
 * completed_at}.
 */
final class ConditionsTest {
  private final Bench bench = Bench.handinger(40);
  private final String done = first(task -> task.status().equals("completed"));
  private final String open = first(task -> task.completedAt() == null);

  ConditionsTest() {
    bench.knowing(bench.taskIds());
  }

  @AfterEach
  void stop() {
    bench.close();
  }

  private String first(Predicate<HandingerTask> wanted) {
    return bench.taskIds().stream().filter(id -> wanted.test(task(id))).findFirst().orElseThrow();
  }

  private HandingerTask task(String id) {
    return bench.simulator().handinger().task(id).orElseThrow();
  }

  private Set<String> archived() {
    return bench.taskIds().stream().filter(id -> task(id).archived()).collect(Collectors.toSet());
  }

  private Set<String> expected(String tasks) {
    return switch (tasks) {
      case "both" -> Set.of(done, open);
      case "DONE" -> Set.of(done);
      case "OPEN" -> Set.of(open);
      default -> Set.of();
    };
  }

  private static List<String> deletes(Bench.Result result) {
    return result.requests().stream()
        .filter(request -> request.method().equals("DELETE"))
        .map(ReceivedRequest::path)
        .toList();
  }

  /** The number of reads tells whether the rows had to be looked at: none where keys say all. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "id = 'DONE' | DONE | 0",
        "id IN ('DONE', 'OPEN') | both | 0",
        "id = 'DONE' OR id = 'OPEN' | both | 0",
        "id = 'DONE' OR (id = 'OPEN' AND status = 'completed') | DONE | 2",
        "(id = 'DONE' AND status = 'completed') OR (id = 'OPEN' AND status = 'completed') | DONE | 2",
        "id = 'DONE' OR (id = 'OPEN' AND completed_at IS NOT NULL) | DONE | 2",
        "(id = 'DONE' AND credits >= 0) OR (id = 'OPEN' AND credits < 0) | DONE | 2",
        "id IN ('DONE', 'OPEN') AND completed_at IS NOT NULL | DONE | 2",
        "completed_at IS NOT NULL AND id = 'OPEN' | none | 1",
        "id IN ('DONE', 'OPEN') AND completed_at IS NULL | OPEN | 2",
        "id IN ('DONE', 'OPEN') AND id IS NOT NULL | both | 0",
        "id IN ('DONE', 'OPEN') AND status = 'completed' | DONE | 2",
        "id IN ('DONE', 'OPEN') AND NOT (status = 'completed') | OPEN | 2",
        "id IN ('DONE', 'OPEN') AND (status = 'completed' OR title = 'no such') | DONE | 2",
        "id IN ('DONE', 'OPEN') AND id <> 'OPEN' | DONE | 0",
        "id = 'OPEN' AND id = title | none | 1",
        "id = 'OPEN' AND 1 = 0 | none | 0",
        "id = 'OPEN' AND CURRENT_DATE < DATE '2000-01-01' | none | 0",
        "id >= 'DONE' AND id <= 'DONE' AND status = 'error' | none | 1",
        "id = 'OPEN' AND RAND() > 2 | none | 1",
      })
  void aDeleteArchivesWhatMatchesAndNothingElse(String where, String tasks, int reads) {
    String sql = "DELETE FROM tasks WHERE " + where.replace("DONE", done).replace("OPEN", open);
    Bench.Result result = bench.sql(sql).update();
    Set<String> expected = expected(tasks);
    assertThat(archived()).isEqualTo(expected);
    assertThat(result.count()).isEqualTo(expected.size());
    assertThat(deletes(result))
        .containsExactlyInAnyOrderElementsOf(
            expected.stream().map(id -> "/api/tasks/" + id).toList());
    assertThat(result.requests().size() - expected.size()).as("reads").isEqualTo(reads);
  }

  @Test
  void parametersAreLookedAtTheSameWay() {
    String or = "DELETE FROM tasks WHERE id = ? OR (id = ? AND status = ?)";
    bench.sql(or, done, open, "completed").update().sent(2 + 1);
    assertThat(archived()).containsExactly(done);
    String optional = "DELETE FROM tasks WHERE id = ? AND (? IS NULL OR status = ?)";
    assertThat(bench.sql(optional, open, "completed", "completed").update().count()).isZero();
    assertThat(archived()).containsExactly(done);
  }

  /** Each row would have a value of its own, so that nothing can be asked for once. */
  @Test
  void valuesThatAreNotDeterministicNameNoKey() {
    String value = "CASE WHEN RAND() < 2 THEN '" + done + "' ELSE '" + open + "' END";
    bench
        .sql("SELECT id FROM tasks WHERE id = " + value)
        .rows()
        .is(done)
        .sent(bench.taskIds().size());
    Bench.Result result = bench.sql("DELETE FROM tasks WHERE id = " + value).update();
    assertThat(archived()).containsExactly(done);
    result.sent(bench.taskIds().size() + 1);
  }

  @Test
  void theTimeIsOneForTheWholeStatement() {
    String value =
        "CASE WHEN CURRENT_TIMESTAMP > TIMESTAMP '2000-01-01 00:00:00' THEN '" + done + "' END";
    bench.sql("SELECT id FROM tasks WHERE id = " + value).rows().is(done).sent(1);
  }
}
