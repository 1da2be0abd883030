package dev.turntable.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A write reaches every row that the same SELECT gives, and what was written here takes nothing
 * from what a statement names. What {@code #7} stands for is told by {@link TruthService}.
 */
final class TruthWritesTest {
  private static final String LOG =
      "SELECT task_id FROM webhook_executions WHERE worker_id = 'wrk_0'";

  private final TruthService service = new TruthService();
  private final Bench bench = service.bench();

  @AfterEach
  void stop() {
    service.close();
  }

  private void knowing(int tasks) {
    bench.knowing(TruthService.first(tasks));
  }

  private Bench.Result rows(String sql) {
    return bench.sql(TruthService.literal(sql)).rows();
  }

  private Bench.Result update(String sql) {
    return bench.sql(TruthService.literal(sql)).update();
  }

  private Set<Integer> archived() {
    return java.util.stream.IntStream.range(0, TruthService.TASKS)
        .filter(i -> service.state().task(TruthService.id(i)).orElseThrow().archived())
        .boxed()
        .collect(Collectors.toSet());
  }

  /** 1.1: a task made here is one more that is known, not the only one that is read. */
  @Test
  void anInsertHidesNothing() {
    String two = "SELECT id FROM tasks WHERE id IN ('#100', '#101')";
    rows(two).hasRows(2).sent(2);
    update("INSERT INTO tasks (worker_id, input) VALUES ('wrk_0', 'New')");
    rows(two).hasRows(2).sent(2);
    rows("SELECT id FROM turns WHERE task_id IN ('#100', '#101')").hasRows(4);
    rows("SELECT t.id FROM tasks t WHERE t.id IN (" + LOG + ")").hasRows(50);
    rows("SELECT id FROM tasks").hasRows(1);
    rows("SELECT id FROM tasks WHERE id = '#100' OR status = 'completed'").hasRows(2);
  }

  /** 1.2: what was archived here leaves what is known, not what is asked for by its id. */
  @Test
  void anInsertAndADeleteHideNothing() {
    String made =
        String.valueOf(
            update("INSERT INTO tasks (worker_id, input) VALUES ('wrk_0', 'New')")
                .keys()
                .get(0)
                .get(0));
    assertThat(update("DELETE FROM tasks WHERE id = '" + made + "'").count()).isEqualTo(1);
    rows("SELECT id FROM tasks WHERE id = '#100'").hasRows(1).sent(1);
    rows("SELECT id FROM tasks WHERE id IN ('#100', '#101', '#102', '#103')").hasRows(4).sent(4);
    rows("SELECT id FROM turns WHERE task_id = '#100'").hasRows(2);
    rows("SELECT id FROM tasks WHERE id = '" + made + "'").hasRows(1).sent(1);
    // What is known has become empty by the DELETE here: no rows, and no mistake.
    assertThat(rows("SELECT id FROM tasks").hasRows(0).sent(0).warnings()).isNotEmpty();
  }

  @Test
  void whatWasArchivedHereIsStillRead() {
    knowing(3);
    update("DELETE FROM tasks WHERE id IN ('#0', '#1')");
    rows("SELECT id FROM tasks").hasRows(1);
    rows("SELECT id FROM tasks WHERE id IN ('#0', '#1', '#2')").hasRows(3);
    rows("SELECT id FROM tasks WHERE id = '#0' OR status = 'completed'").hasRows(2);
    rows("SELECT t.id FROM tasks t JOIN (" + LOG + ") w ON w.task_id = t.id").hasRows(50);
  }

  /** 1.10: a DELETE archives all that it names. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "id IN (LOG) | 50",
        "id = ANY (LOG) | 50",
        "EXISTS (SELECT 1 FROM webhook_executions w WHERE w.worker_id = 'wrk_0' AND w.task_id ="
            + " tasks.id) | 50",
        "id IN (LOG AND id IN ('log#25', 'log#26')) | 2",
        "id IN ('#100', '#101', '#102', '#103') AND status IS NOT NULL | 4",
        "id IN ('#100', '#101', '#102', '#103') | 4",
        "(id = '#100' OR id = '#101') AND status = 'completed' | 1",
        "id = '#100' OR status = 'error' | 2",
        "id NOT IN (LOG) | 2",
        "id IN (LOG) AND status = 'completed' | 50",
      })
  void deletes(String where, int tasks) {
    knowing(3);
    String sql = "DELETE FROM tasks WHERE " + where.replace("LOG", LOG);
    Bench.Result result = update(sql);
    assertThat(result.count()).as(sql).isEqualTo(tasks);
    assertThat(archived()).as(sql).hasSize(tasks);
    assertThat(result.requests().stream().filter(each -> each.method().equals("DELETE")).count())
        .isEqualTo(tasks);
  }

  @Test
  void deletesByParameters() {
    knowing(3);
    assertThat(
            bench
                .sql(
                    "DELETE FROM tasks WHERE id IN (?, ?, ?, ?) AND status IS NOT NULL",
                    TruthService.first(104).subList(100, 104).toArray())
                .update()
                .count())
        .isEqualTo(4);
    assertThat(archived()).containsExactlyInAnyOrder(100, 101, 102, 103);
  }

  /** 1.10: an INSERT writes all rows of its source. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT t.id, 'Again' FROM tasks t WHERE t.id IN (LOG) | 50",
        "SELECT t.id, 'Again' FROM tasks t JOIN (LOG) w ON w.task_id = t.id | 50",
        "SELECT t.id, 'Again' FROM (LOG) w LEFT JOIN tasks t ON w.task_id = t.id | 50",
        "SELECT id, 'Again' FROM tasks WHERE id IN ('#100', '#101', '#102', '#103') | 4",
        "SELECT DISTINCT task_id, 'Again' FROM turns WHERE task_id IN ('#100', '#101', '#102',"
            + " '#103') | 4",
        "SELECT id, 'Again' FROM tasks WHERE id = '#100' OR id = '#1' | 2",
      })
  void insertsOfWhatASelectGives(String source, int rows) {
    knowing(24);
    String sql = "INSERT INTO turns (task_id, input) " + source.replace("LOG", LOG);
    assertThat(update(sql).count()).as(sql).isEqualTo(rows);
    assertThat(service.state().runs()).isEqualTo(rows);
  }

  /** A task that the log of a worker names is known, and an archived one no longer is. */
  @Test
  void deletesOfWhatTheLogsName() {
    bench.connect(Map.of("workerIds", "wrk_0"));
    assertThat(update("DELETE FROM tasks WHERE status = 'completed' AND id < '#40'").count())
        .isEqualTo(10);
    rows("SELECT id FROM tasks").hasRows(40);
    assertThat(archived()).hasSize(10).containsAll(List.of(0, 4, 36));
  }
}
