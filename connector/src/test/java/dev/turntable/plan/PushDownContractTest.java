package dev.turntable.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.engine.RowCursor;
import dev.turntable.simulator.SimulatorOptions;
import dev.turntable.source.AccessPath;
import dev.turntable.source.ColumnType;
import dev.turntable.source.Ordering;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TableDef;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Whatever a table declares that it can push is true: for every access path of every table of every
 * source, each key, served predicate and order gives the very rows that checking here would give,
 * and sends as many requests as was announced.
 */
final class PushDownContractTest {
  private static final List<Bench> BENCHES = new ArrayList<>();

  @AfterAll
  static void stop() {
    BENCHES.forEach(Bench::close);
  }

  @TestFactory
  Stream<DynamicTest> handinger() {
    Bench bench =
        Bench.handinger(
            SimulatorOptions.builder().tasks(30).workers(3).executions(120).turns(1, 5).build());
    List<String> workers = bench.simulator().handinger().workerIds();
    bench.connect(
        java.util.Map.of(
            "taskIds", String.join(",", bench.taskIds()), "workerIds", String.join(",", workers)));
    return cases(bench);
  }

  static Stream<DynamicTest> cases(Bench bench) {
    BENCHES.add(bench);
    return bench.definitions().entrySet().stream()
        .flatMap(
            schema ->
                schema.getValue().stream()
                    .flatMap(table -> new Contract(bench, schema.getKey(), table).tests()));
  }

  /** The declarations of one table, and all its rows to check them against. */
  private static final class Contract {
    private final Bench bench;
    private final String name;
    private final TableDef<?> table;
    private final List<List<Object>> rows;

    Contract(Bench bench, String schema, TableDef<?> table) {
      this.bench = bench;
      this.name = schema + "." + "\"" + table.name() + "\"";
      this.table = table;
      this.rows = read("SELECT * FROM " + name);
    }

    Stream<DynamicTest> tests() {
      List<DynamicTest> tests = new ArrayList<>();
      tests.add(DynamicTest.dynamicTest(name + " has rows", () -> assertThat(rows).isNotEmpty()));
      for (AccessPath<?> path : table.paths()) {
        if (!path.keys().isEmpty()) {
          add(tests, path, "keys", () -> checkKeys(path));
        }
        path.serves()
            .forEach(
                (column, operators) ->
                    operators.forEach(
                        operator ->
                            add(
                                tests,
                                path,
                                operator + " " + column,
                                () -> checkServed(column, operator))));
        if (!path.order().isEmpty()) {
          add(tests, path, "order", () -> checkOrder(path));
        }
      }
      return tests.stream();
    }

    private void add(List<DynamicTest> tests, AccessPath<?> path, String what, Runnable check) {
      tests.add(DynamicTest.dynamicTest(name + " " + path.name() + ": " + what, check::run));
    }

    private void checkKeys(AccessPath<?> path) {
      for (List<Object> row : samples(path.keys())) {
        List<String> terms = new ArrayList<>();
        Predicate<List<Object>> expected = other -> true;
        for (String key : path.keys()) {
          Object value = row.get(position(key));
          terms.add(key + " = " + literal(key, value));
          expected = expected.and(other -> value.equals(other.get(position(key))));
        }
        check(String.join(" AND ", terms), expected, path.unique() ? 1 : Integer.MAX_VALUE);
      }
    }

    private void checkServed(String column, AccessPath.Operator operator) {
      int index = position(column);
      for (List<Object> row : samples(List.of(column))) {
        Object value = row.get(index);
        String text = literal(column, value);
        switch (operator) {
          case EQUALS, IN -> {
            check(column + " = " + text, other -> value.equals(other.get(index)));
            check(
                column + " IN (" + text + ", " + text + ")",
                other -> value.equals(other.get(index)));
          }
          case RANGE -> {
            check(column + " >= " + text, other -> compare(other.get(index), value, o -> o >= 0));
            check(column + " > " + text, other -> compare(other.get(index), value, o -> o > 0));
            check(column + " <= " + text, other -> compare(other.get(index), value, o -> o <= 0));
            check(text + " > " + column, other -> compare(other.get(index), value, o -> o < 0));
          }
        }
      }
    }

    private void checkOrder(AccessPath<?> path) {
      for (List<Object> row : samples(path.keys())) {
        String where =
            path.keys().stream()
                .map(key -> key + " = " + literal(key, row.get(position(key))))
                .collect(Collectors.joining(" AND "));
        String order =
            path.order().stream()
                .map(o -> o.column() + (o.descending() ? " DESC" : ""))
                .collect(Collectors.joining(", "));
        List<List<Object>> first =
            read(
                "SELECT * FROM "
                    + name
                    + (where.isEmpty() ? "" : " WHERE " + where)
                    + " ORDER BY "
                    + order
                    + " LIMIT 7");
        List<List<Object>> expected =
            rows.stream()
                .filter(
                    other ->
                        path.keys().stream()
                            .allMatch(
                                key -> row.get(position(key)).equals(other.get(position(key)))))
                .sorted(comparator(path.order()))
                .limit(7)
                .toList();
        int key = position(path.order().get(0).column());
        assertThat(first.stream().map(r -> r.get(key)))
            .containsExactlyElementsOf(expected.stream().map(r -> r.get(key)).toList());
      }
    }

    private Comparator<List<Object>> comparator(List<Ordering> order) {
      Comparator<List<Object>> result = (a, b) -> 0;
      for (Ordering ordering : order) {
        int index = position(ordering.column());
        Comparator<List<Object>> next = (a, b) -> compareValues(a.get(index), b.get(index));
        result = result.thenComparing(ordering.descending() ? next.reversed() : next);
      }
      return result;
    }

    private void check(String predicate, Predicate<List<Object>> expected) {
      check(predicate, expected, Integer.MAX_VALUE);
    }

    private void check(String predicate, Predicate<List<Object>> expected, int most) {
      String sql = "SELECT * FROM " + name + " WHERE " + predicate;
      List<Long> announced = announced(bench.sql(sql).explain());
      bench.simulator().clearRequests();
      List<List<Object>> found = read(sql);
      assertThat(found)
          .as(sql)
          .containsExactlyInAnyOrderElementsOf(rows.stream().filter(expected).toList())
          .hasSizeLessThanOrEqualTo(most);
      if (!announced.isEmpty()) {
        assertThat(bench.simulator().requestCount())
            .as("requests of %s", sql)
            .isEqualTo(announced.stream().mapToLong(Long::longValue).sum());
      }
    }

    private static List<Long> announced(String plan) {
      List<Long> exact = new ArrayList<>();
      Matcher matcher = Pattern.compile(" x (\\d+|\\?) \\((\\w[\\w ]*)\\)").matcher(plan);
      while (matcher.find()) {
        if (!matcher.group(2).equals("exact")) {
          return List.of();
        }
        exact.add(Long.parseLong(matcher.group(1)));
      }
      return exact;
    }

    private List<List<Object>> samples(List<String> columns) {
      List<Integer> positions = columns.stream().map(this::position).toList();
      return rows.stream()
          .filter(row -> positions.stream().map(row::get).allMatch(Objects::nonNull))
          .filter(row -> rows.indexOf(row) % Math.max(1, rows.size() / 4) == 0)
          .limit(4)
          .toList();
    }

    private int position(String column) {
      return table.columns().indexOf(table.column(column));
    }

    private String literal(String column, Object value) {
      ColumnType type = table.columns().get(position(column)).type();
      return switch (type) {
        case VARCHAR, JSON -> "'" + value.toString().replace("'", "''") + "'";
        case TIMESTAMP -> "TIMESTAMP '" + value.toString().replace('T', ' ') + "'";
        default -> value.toString();
      };
    }

    private List<List<Object>> read(String sql) {
      List<List<Object>> result = new ArrayList<>();
      try (StatementScope scope = bench.engine().newStatement(sql, Duration.ZERO);
          RowCursor cursor =
              bench
                  .engine()
                  .prepare(sql, bench.engine().defaultSchema(), scope)
                  .query(List.of(), 0, scope)) {
        while (cursor.next()) {
          List<Object> row = new ArrayList<>();
          for (int i = 0; i < table.columns().size(); i++) {
            row.add(cursor.value(i));
          }
          result.add(row);
        }
      }
      return result;
    }
  }

  private static boolean compare(Object a, Object b, java.util.function.IntPredicate predicate) {
    return a != null && predicate.test(compareValues(a, b));
  }

  @SuppressWarnings("unchecked") // values of one column
  private static int compareValues(Object a, Object b) {
    if (a instanceof LocalDateTime x && b instanceof LocalDateTime y) {
      return x.compareTo(y);
    }
    return ((Comparable<Object>) a).compareTo(b);
  }
}
