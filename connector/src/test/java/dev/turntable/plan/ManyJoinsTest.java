package dev.turntable.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.simulator.SimulatorOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A hundred joins are planned at once, in whatever form they are written. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ManyJoinsTest {
  private static final int FEW = 25;
  private static final int MANY = 100;

  /** The rows of a hundred joins have four times the columns, at four times as many places. */
  private static final int MORE_WORK = 32;

  private Bench bench;
  private int statements;

  /** Which tables a statement joins, by which columns; again from the first where they are used up. */
  enum Tables {
    TASKS("handinger.tasks", "id"),
    BOTH(
        "handinger.tasks",
        "id",
        "rightbrain.tasks",
        "id",
        "handinger.turns",
        "task_id",
        "rightbrain.task_runs",
        "task_id");

    private final List<String> names;

    Tables(String... names) {
      this.names = List.of(names);
    }

    String table(int place) {
      return names.get(2 * place % names.size());
    }

    String key(int place) {
      return names.get((2 * place + 1) % names.size());
    }
  }

  /** Which table each of them is joined with. */
  enum Shape {
    CHAIN,
    STAR,
    CYCLE
  }

  /** How that is written. */
  enum Form {
    JOIN,
    LEFT,
    COMMA,
    USING
  }

  @BeforeAll
  void start() {
    bench = Bench.both(SimulatorOptions.builder().tasks(2).build());
    bench.connect(Map.of("handinger.taskIds", String.join(",", bench.taskIds())));
    statement(Tables.BOTH, Shape.CYCLE, Form.JOIN, 3, true);
  }

  @AfterAll
  void stop() {
    bench.close();
  }

  @ParameterizedTest
  @CsvSource({
    "TASKS, CHAIN, JOIN, false",
    "TASKS, CHAIN, JOIN, true",
    "TASKS, CHAIN, LEFT, false",
    "TASKS, CHAIN, LEFT, true",
    "TASKS, CHAIN, COMMA, false",
    "TASKS, CHAIN, USING, true",
    "TASKS, STAR, JOIN, false",
    "TASKS, STAR, LEFT, true",
    "TASKS, CYCLE, JOIN, true",
    "TASKS, CYCLE, LEFT, false",
    "BOTH, CHAIN, COMMA, true",
    "BOTH, CHAIN, LEFT, true",
    "BOTH, STAR, JOIN, true",
    "BOTH, STAR, LEFT, false",
    "BOTH, CYCLE, JOIN, false",
    "BOTH, CYCLE, COMMA, false",
    "BOTH, CYCLE, LEFT, true",
  })
  void takeWorkThatGrowsNoFasterThanTheirSquare(
      Tables tables, Shape shape, Form form, boolean bound) {
    plan(tables, shape, form, FEW, bound); // loads what such a statement needs
    long few = plan(tables, shape, form, FEW, bound);
    long many = plan(tables, shape, form, MANY, bound);
    assertThat(many).as("bytes, %s for %s joins", few, FEW).isLessThan(MORE_WORK * few);
  }

  @Test
  void readEveryTable() {
    String plan = bench.sql(statement(Tables.BOTH, Shape.CHAIN, Form.JOIN, MANY, true)).explain();
    assertThat(plan.lines().filter(line -> line.strip().startsWith("Scan "))).hasSize(MANY + 1);
  }

  @Test
  void giveTheRowsOfOne() {
    String task = bench.taskIds().get(0);
    for (Shape shape : Shape.values()) {
      bench.sql(statement(Tables.TASKS, shape, Form.JOIN, MANY, true)).rows().is(task).sent(1);
    }
  }

  private long plan(Tables tables, Shape shape, Form form, int joins, boolean bound) {
    return PlanningWork.of(bench.engine(), statement(tables, shape, form, joins, bound));
  }

  /** No two statements have the same names, so that none is planned before. */
  private String statement(Tables tables, Shape shape, Form form, int joins, boolean bound) {
    String alias = "s" + statements++ + "_";
    StringBuilder from = new StringBuilder(tables.table(0) + " " + alias + 0);
    List<String> where = new ArrayList<>();
    for (int place = 1; place <= joins; place++) {
      String table = tables.table(place) + " " + alias + place;
      String on = equality(tables, alias, shape == Shape.STAR ? 0 : place - 1, place);
      if (shape == Shape.CYCLE && place == joins) {
        on += " AND " + equality(tables, alias, place, 0);
      }
      switch (form) {
        case JOIN -> from.append(" JOIN ").append(table).append(" ON ").append(on);
        case LEFT -> from.append(" LEFT JOIN ").append(table).append(" ON ").append(on);
        case USING -> from.append(" JOIN ").append(table).append(" USING (").append("id)");
        case COMMA -> {
          from.append(", ").append(table);
          where.add(on);
        }
      }
    }
    if (bound) {
      where.add(alias + 0 + "." + tables.key(0) + " = '" + bench.taskIds().get(0) + "'");
    }
    String condition = where.isEmpty() ? "" : " WHERE " + String.join(" AND ", where);
    return "SELECT " + alias + joins + "." + tables.key(joins) + " FROM " + from + condition;
  }

  private static String equality(Tables tables, String alias, int left, int right) {
    return "%s.%s = %s.%s"
        .formatted(alias + left, tables.key(left), alias + right, tables.key(right));
  }
}
