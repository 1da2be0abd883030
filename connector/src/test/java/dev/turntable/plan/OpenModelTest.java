package dev.turntable.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.plan.OpenModel.Known;
import dev.turntable.plan.OpenModel.Needed;
import dev.turntable.plan.OpenModel.Reference;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The judge judged: what each rule of <em>What a table means</em> makes of a handful of rows. Tasks
 * 1 to 9 exist, 1 to 3 are known; worker 1 is known, and its log names the tasks 1 and 5; that of
 * worker 2 names 6 and nothing. Odd tasks are worker 1's, even ones worker 2's.
 */
final class OpenModelTest {
  private static final Known SOME = new Known("k", true, true);
  private static final Known NOTHING = new Known("n", false, false);

  private final OpenModel model = new OpenModel();
  private DuckDb duck;

  @BeforeEach
  void load() throws SQLException {
    duck = DuckDb.open();
    duck.run(
        "CREATE TABLE TASKS AS SELECT CAST(i AS VARCHAR) AS id, CAST(2 - i % 2 AS VARCHAR) AS"
            + " worker_id, i <= 3 AS k, FALSE AS n FROM range(1, 10) r (i)");
    duck.run("CREATE TABLE TURNS AS SELECT 'u' || id AS id, id AS task_id, k, n FROM TASKS");
    duck.run(
        "CREATE TABLE LOGS AS SELECT id, worker_id, task_id, k, FALSE AS n FROM (VALUES ('a', '1',"
            + " '1', TRUE), ('b', '1', '5', TRUE), ('c', '2', '6', FALSE), ('d', '2', NULL, FALSE))"
            + " v (id, worker_id, task_id, k)");
  }

  @AfterEach
  void close() throws SQLException {
    duck.close();
  }

  private List<String> ids(Reference reference, Known known) throws SQLException {
    String alias = reference.alias();
    String sql = "SELECT " + alias + ".id FROM " + reference.place() + " ORDER BY 1";
    return duck.rows(new OpenSets(model, known).judged(sql)).stream()
        .map(row -> String.valueOf(row.get(0)))
        .toList();
  }

  @Test
  void aReferenceIsWhatIsKnownAndWhatIsNamed() throws SQLException {
    Reference tasks = model.reference(OpenTable.TASKS);
    assertThat(ids(tasks, SOME)).containsExactly("1", "2", "3");
    assertThat(model.isAnswerable(SOME)).isTrue();
    assertThat(model.isAnswerable(NOTHING)).isFalse();
    tasks.constants("id", List.of("'2'", "'8'", "'gone'"));
    assertThat(ids(tasks, SOME)).containsExactly("1", "2", "3", "8");
    assertThat(ids(tasks, NOTHING)).containsExactly("2", "8");
    assertThat(model.isAnswerable(NOTHING)).isTrue();
  }

  @Test
  void anEqualityBindsBothSidesByTheRowsThatPass() throws SQLException {
    Reference tasks = model.reference(OpenTable.TASKS);
    Reference log = model.reference(OpenTable.LOGS);
    model.equal(log, "task_id", tasks, "id", Needed.RIGHT);
    assertThat(ids(tasks, SOME)).containsExactly("1", "2", "3", "5");
    log.constants("worker_id", List.of("'2'"));
    assertThat(ids(tasks, SOME)).containsExactly("1", "2", "3", "5", "6");
    log.alone("t1.worker_id = '2'");
    assertThat(ids(tasks, SOME)).containsExactly("1", "2", "3", "6");
    assertThat(ids(tasks, NOTHING)).containsExactly("6");
  }

  @Test
  void whatAnOnSaysOfOneSideFiltersItsKeysOnly() throws SQLException {
    Reference log = model.reference(OpenTable.LOGS);
    Reference tasks = model.reference(OpenTable.TASKS);
    Reference turns = model.reference(OpenTable.TURNS);
    model.equal(log, "task_id", List.of("t0.id = 'a'"), tasks, "id", List.of(), Needed.RIGHT);
    model.equal(log, "task_id", turns, "task_id", Needed.RIGHT);
    assertThat(ids(tasks, SOME)).containsExactly("1", "2", "3");
    assertThat(ids(turns, SOME)).containsExactly("u1", "u2", "u3", "u5");
  }

  @Test
  void keysComeThroughOtherReferences() throws SQLException {
    Reference log = model.reference(OpenTable.LOGS);
    Reference tasks = model.reference(OpenTable.TASKS);
    Reference turns = model.reference(OpenTable.TURNS);
    model.equal(log, "task_id", tasks, "id", Needed.BOTH);
    model.equal(tasks, "id", turns, "task_id", Needed.BOTH);
    log.constants("worker_id", List.of("'2'"));
    assertThat(ids(turns, SOME)).containsExactly("u1", "u2", "u3", "u5", "u6");
    assertThat(ids(turns, NOTHING)).containsExactly("u6");
    assertThat(model.isAnswerable(NOTHING)).isTrue();
    assertThat(model.isBound()).isFalse();
    log.pin();
    assertThat(model.isBound()).isTrue();
  }

  /** A cycle: the log of worker 2 is read for task 2, and its task 6 is not read for that. */
  @Test
  void keysDoNotReturnToWhereTheyCameThrough() throws SQLException {
    Reference log = model.reference(OpenTable.LOGS);
    Reference tasks = model.reference(OpenTable.TASKS);
    model.equal(log, "task_id", tasks, "id", Needed.BOTH);
    model.equal(log, "worker_id", tasks, "worker_id", Needed.BOTH);
    assertThat(ids(log, SOME)).containsExactly("a", "b", "c", "d");
    assertThat(ids(tasks, SOME)).containsExactly("1", "2", "3", "5");
    assertThat(model.isAnswerable(NOTHING)).isFalse();
  }

  @Test
  void aDoorLetsInWhatItIsFor() throws SQLException {
    Reference log = model.reference(OpenTable.LOGS);
    Reference closed = model.reference(OpenTable.TURNS, model.scope(), Set.of());
    Reference grouped = model.reference(OpenTable.TURNS, model.scope(), Set.of("task_id"));
    model.equal(log, "task_id", closed, "task_id", Needed.BOTH);
    model.equal(log, "task_id", grouped, "task_id", Needed.BOTH);
    assertThat(ids(closed, SOME)).containsExactly("u1", "u2", "u3");
    assertThat(ids(grouped, SOME)).containsExactly("u1", "u2", "u3", "u5");
    // What is inside binds what is outside all the same.
    Reference tasks = model.reference(OpenTable.TASKS);
    model.equal(tasks, "id", closed, "task_id", Needed.BOTH);
    assertThat(ids(tasks, NOTHING)).isEmpty();
    closed.constants("task_id", List.of("'9'"));
    assertThat(ids(tasks, NOTHING)).containsExactly("9");
  }
}
