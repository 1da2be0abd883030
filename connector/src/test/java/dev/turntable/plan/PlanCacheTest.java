package dev.turntable.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.engine.PreparedSql;
import dev.turntable.engine.RowCursor;
import dev.turntable.simulator.SimulatorOptions;
import dev.turntable.simulator.handinger.HandingerState;
import dev.turntable.source.StatementScope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A plan is kept for a text in a schema: both services have tables of the same names. */
final class PlanCacheTest {
  private static final String ID = HandingerState.PUBLISHED_TASK;

  private final Bench bench =
      Bench.both(SimulatorOptions.builder().tasks(3).build())
          .connect(Map.of("handinger.taskIds", ID));

  @AfterEach
  void stop() {
    bench.close();
  }

  /** Runs a statement as after USE, and returns the schema of the columns and the rows. */
  private List<String> in(String schema, String sql) {
    try (StatementScope scope = bench.engine().newStatement(sql, Duration.ZERO)) {
      PreparedSql prepared = bench.engine().prepare(sql, schema, scope);
      List<String> rows = new ArrayList<>();
      try (RowCursor cursor = prepared.query(List.of(), 0, scope)) {
        while (cursor.next()) {
          rows.add(String.valueOf(cursor.value(0)));
        }
      }
      return rows;
    }
  }

  private List<String> rightbrainTasks() {
    return bench.simulator().rightbrain().taskIds();
  }

  /** Plain ones, one that Calcite plans, and one that is planned as a template. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT id FROM tasks",
        "SELECT * FROM tasks",
        "SELECT id FROM tasks ORDER BY id",
        "SELECT t.id FROM tasks t WHERE EXISTS (SELECT 1 FROM tasks u WHERE u.id = t.id)",
        "SELECT id FROM tasks WHERE id <> 'nothing'",
        "SELECT id FROM tasks WHERE LENGTH(id) > 3 AND id <> 'nothing'",
      })
  void theSameTextInAnotherSchemaIsAnotherStatement(String sql) {
    for (int round = 0; round < 2; round++) {
      assertThat(in("handinger", sql)).containsExactly(ID);
      assertThat(in("rightbrain", sql)).containsExactlyInAnyOrderElementsOf(rightbrainTasks());
    }
  }

  /** The values differ, so that only the plan of the template is found again. */
  @Test
  void soIsTheSameTemplate() {
    String other = rightbrainTasks().get(0);
    for (String suffix : List.of("", " AND LENGTH(id) > 3")) {
      String sql = "SELECT id FROM tasks WHERE id = '%s'" + suffix;
      assertThat(in("handinger", sql.formatted(ID))).containsExactly(ID);
      assertThat(in("rightbrain", sql.formatted(other))).containsExactly(other);
      assertThat(in("handinger", sql.formatted(other))).isEmpty();
      assertThat(in("rightbrain", sql.formatted(rightbrainTasks().get(1))))
          .containsExactly(rightbrainTasks().get(1));
    }
  }

  @Test
  void aPlanIsKeptAsLongAsItIsUsed() {
    try (StatementScope scope = bench.engine().newStatement("x", Duration.ZERO)) {
      String sql = "SELECT id FROM tasks WHERE LENGTH(id) > 3";
      PreparedSql first = bench.engine().prepare(sql, "handinger", scope);
      assertThat(bench.engine().prepare(sql, "handinger", scope)).isSameAs(first);
      assertThat(bench.engine().prepare(sql, "rightbrain", scope)).isNotSameAs(first);
      for (int i = 0; i < 600; i++) {
        bench.engine().prepare("SELECT id AS c" + i + " FROM tasks", "handinger", scope);
      }
      assertThat(bench.engine().prepare(sql, "handinger", scope)).isNotSameAs(first);
    }
  }
}
