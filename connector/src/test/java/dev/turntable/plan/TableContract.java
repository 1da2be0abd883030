package dev.turntable.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.engine.RowCursor;
import dev.turntable.source.AccessPath;
import dev.turntable.source.Column;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.ForeignKey;
import dev.turntable.source.Ordering;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TableDef;
import dev.turntable.source.TurntableException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * The declarations of one table, and all its rows to check them against.
 *
 * <p>Some columns stand for a way of asking: what they do not say decides which rows there are. For
 * those a predicate is given, which is part of every statement.
 */
final class TableContract {
  private static final int SAMPLES = 3;
  private static final int LIMIT = 7;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT);
  private static final Pattern ANNOUNCED =
      Pattern.compile(" x (\\d+|\\?) \\((exact|at most|at least|known when read)\\)");

  private final Bench bench;
  private final String schema;
  private final TableDef<?> table;
  private final String name;
  private final String given;
  private List<List<Object>> rows = List.of();

  /**
   * @param given predicates on the columns that stand for a way of asking; TRUE if there are none
   */
  TableContract(Bench bench, String schema, TableDef<?> table, String given) {
    this.bench = bench;
    this.given = given;
    this.schema = schema;
    this.table = table;
    this.name = schema + ".\"" + table.name() + "\"";
  }

  /** The tests that read to the end, or as far as was announced. */
  List<DynamicTest> tests() {
    List<DynamicTest> tests = new ArrayList<>();
    tests.add(DynamicTest.dynamicTest(name + ": rows", this::readAll));
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
                              () -> checkServed(path, column, operator))));
      if (!path.order().isEmpty()) {
        add(tests, path, "order", () -> checkOrder(path));
      }
    }
    return tests;
  }

  /**
   * The tests that end before all has been read, to be run after those of every table: what was asked
   * ahead of need may reach the server when the next statement is counted.
   */
  List<DynamicTest> testsThatEndEarly() {
    List<DynamicTest> tests = new ArrayList<>();
    table.paths().forEach(path -> add(tests, path, "limit", () -> checkLimit(path)));
    return tests;
  }

  private void add(List<DynamicTest> tests, AccessPath<?> path, String what, Runnable check) {
    tests.add(DynamicTest.dynamicTest(name + " " + path.name() + ": " + what, check::run));
  }

  /** Reads all rows there are, and checks what is said of them in general. */
  private void readAll() {
    String sql = "SELECT * FROM " + name + " WHERE " + given;
    try (StatementScope scope = bench.engine().newStatement(sql, Duration.ZERO)) {
      bench.engine().prepare(sql, schema, scope); // asks for what a schema holds, once
    }
    boolean needsKey = table.paths().stream().noneMatch(path -> path.keys().isEmpty());
    rows = needsKey ? readByKeys(sql) : counted(sql);
    assertThat(rows).as("rows of " + name).isNotEmpty();
    for (Column<?> column : table.columns()) {
      if (!column.nullable()) {
        assertThat(rows)
            .as(column.name())
            .extracting(row -> value(row, column.name()))
            .doesNotContainNull();
      }
    }
    Set<List<Object>> keys = new HashSet<>();
    if (!table.primaryKey().isEmpty()) {
      for (List<Object> row : rows) {
        assertThat(keys.add(values(row, table.primaryKey()))).as("primary key of %s", row).isTrue();
      }
    }
  }

  /** Reads a table whose keys must be given: all those that it refers to. */
  private List<List<Object>> readByKeys(String sql) {
    try {
      return counted(sql); // the source may know keys by itself
    } catch (TurntableException e) {
      assertThat(e.kind()).as(e.getMessage()).isEqualTo(ErrorKind.INVALID_STATEMENT);
    }
    List<String> keys = table.paths().get(0).keys();
    ForeignKey parent =
        table.foreignKeys().stream()
            .filter(key -> key.columns().equals(keys))
            .findFirst()
            .orElseThrow(() -> new AssertionError(name + " needs " + keys + " of no known table"));
    return counted(
        sql
            + " AND "
            + keys.get(0)
            + " IN (SELECT "
            + parent.referenced().get(0)
            + " FROM "
            + parent.schema()
            + ".\""
            + parent.table()
            + "\")");
  }

  private void checkKeys(AccessPath<?> path) {
    List<List<Object>> samples = samples(path.keys());
    for (List<Object> row : samples) {
      check(ofKey(path, row), isOfKey(path, row), path.unique() ? 1 : Integer.MAX_VALUE);
    }
    String either =
        samples.stream()
            .map(row -> "(" + ofKey(path, row) + ")")
            .collect(Collectors.joining(" OR "));
    check(either, other -> samples.stream().anyMatch(row -> isOfKey(path, row).test(other)));
  }

  private String select(String predicate) {
    return "SELECT * FROM " + name + " WHERE " + given + " AND (" + predicate + ")";
  }

  /** Returns the predicate that gives a path the keys of a row; TRUE if it needs none. */
  private String ofKey(AccessPath<?> path, List<Object> row) {
    return Stream.concat(Stream.of("TRUE"), terms(path, row)).collect(Collectors.joining(" AND "));
  }

  private Stream<String> terms(AccessPath<?> path, List<Object> row) {
    return path.keys().stream().map(key -> quoted(key) + " = " + literal(key, value(row, key)));
  }

  private Predicate<List<Object>> isOfKey(AccessPath<?> path, List<Object> row) {
    return other -> values(other, path.keys()).equals(values(row, path.keys()));
  }

  private void checkServed(AccessPath<?> path, String column, AccessPath.Operator operator) {
    int index = position(column);
    List<String> needed = new ArrayList<>(path.keys());
    needed.add(column);
    for (List<Object> row : samples(needed)) {
      Object value = row.get(index);
      String text = literal(column, value);
      String name = quoted(column);
      String keys = ofKey(path, row) + " AND ";
      Predicate<List<Object>> ofKey = isOfKey(path, row);
      switch (operator) {
        case EQUALS -> check(keys + name + " = " + text, ofKey.and(is(index, value, o -> o == 0)));
        case IN ->
            check(
                keys + name + " IN (" + text + ", " + literal(column, other(index, value)) + ")",
                ofKey.and(
                    is(index, value, o -> o == 0).or(is(index, other(index, value), o -> o == 0))));
        case RANGE -> {
          if (given.contains(column)) {
            checkWayOfAsking(keys, column, (LocalDateTime) value);
            continue;
          }
          check(keys + name + " >= " + text, ofKey.and(is(index, value, o -> o >= 0)));
          check(keys + name + " > " + text, ofKey.and(is(index, value, o -> o > 0)));
          check(keys + name + " <= " + text, ofKey.and(is(index, value, o -> o <= 0)));
          check(keys + text + " > " + name, ofKey.and(is(index, value, o -> o < 0)));
          check(
              keys + name + " BETWEEN " + text + " AND " + text,
              ofKey.and(is(index, value, o -> o == 0)));
        }
      }
    }
  }

  /** A narrower span gives other rows, but some, and none that should not come. */
  private void checkWayOfAsking(String keys, String column, LocalDateTime value) {
    boolean isLower = given.contains(column + " >=");
    LocalDateTime bound = isLower ? value.plusDays(1) : value.minusDays(1);
    String predicate = keys + quoted(column) + (isLower ? " >= " : " <= ") + literal(column, bound);
    assertThat(counted(select(predicate)))
        .as(predicate)
        .isNotEmpty()
        .allMatch(is(position(column), bound, isLower ? o -> o >= 0 : o -> o <= 0));
  }

  /** Returns another value of a column, if it has one. */
  private Object other(int index, Object value) {
    return rows.stream()
        .map(row -> row.get(index))
        .filter(other -> other != null && !other.equals(value))
        .findFirst()
        .orElse(value);
  }

  private static Predicate<List<Object>> is(int index, Object value, IntPredicate order) {
    return row -> row.get(index) != null && order.test(compareValues(row.get(index), value));
  }

  private void checkOrder(AccessPath<?> path) {
    String order =
        path.order().stream()
            .map(o -> quoted(o.column()) + (o.descending() ? " DESC" : ""))
            .collect(Collectors.joining(", "));
    for (List<Object> row : samples(path.keys())) {
      List<List<Object>> first =
          counted(select(ofKey(path, row)) + " ORDER BY " + order + " LIMIT " + LIMIT);
      List<List<Object>> expected =
          rows.stream()
              .filter(isOfKey(path, row))
              .sorted(comparator(path.order()))
              .limit(LIMIT)
              .toList();
      String key = path.order().get(0).column();
      assertThat(first.stream().map(r -> value(r, key)))
          .containsExactlyElementsOf(expected.stream().map(r -> value(r, key)).toList());
      assertThat(rows).containsAll(first);
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

  /** Any rows will do, but each once, and so many as there are. */
  private void checkLimit(AccessPath<?> path) {
    for (List<Object> row : samples(path.keys())) {
      List<List<Object>> some = read(select(ofKey(path, row)) + " LIMIT " + LIMIT);
      List<List<Object>> possible = rows.stream().filter(isOfKey(path, row)).toList();
      assertThat(some).hasSize(Math.min(LIMIT, possible.size()));
      assertThat(possible).containsAll(some);
      if (!table.primaryKey().isEmpty()) {
        assertThat(some).extracting(r -> values(r, table.primaryKey())).doesNotHaveDuplicates();
      }
    }
  }

  private void check(String predicate, Predicate<List<Object>> expected) {
    check(predicate, expected, Integer.MAX_VALUE);
  }

  private void check(String predicate, Predicate<List<Object>> expected, int most) {
    String sql = select(predicate);
    List<List<Object>> found = counted(sql);
    assertThat(counts(found.stream())).as(sql).isEqualTo(counts(rows.stream().filter(expected)));
    assertThat(found).as(sql).hasSizeLessThanOrEqualTo(most);
  }

  private static Map<List<Object>, Long> counts(Stream<List<Object>> rows) {
    return rows.collect(Collectors.groupingBy(row -> row, Collectors.counting()));
  }

  /** Reads to the end, and checks that as many requests are sent as EXPLAIN said. */
  private List<List<Object>> counted(String sql) {
    String plan = bench.sql(sql).explain();
    bench.simulator().clearRequests();
    List<List<Object>> found = read(sql);
    if (plan.contains("one per key of")) {
      return found;
    }
    long least = 0;
    long most = 0;
    Matcher matcher = ANNOUNCED.matcher(plan);
    while (matcher.find()) {
      long count = matcher.group(1).equals("?") ? 0 : Long.parseLong(matcher.group(1));
      switch (matcher.group(2)) {
        case "exact" -> {
          least += count;
          most += count;
        }
        case "at most" -> most += count;
        default -> {
          least += count;
          most = Integer.MAX_VALUE;
        }
      }
    }
    assertThat(bench.simulator().requestCount())
        .as("requests of %s%n%s", sql, plan)
        .isBetween(least, most);
    return found;
  }

  private List<List<Object>> samples(List<String> columns) {
    List<List<Object>> known =
        rows.stream()
            .filter(row -> values(row, columns).stream().allMatch(Objects::nonNull))
            .toList();
    int step = Math.max(1, known.size() / SAMPLES);
    List<List<Object>> samples = new ArrayList<>();
    for (int i = 0; i < known.size() && samples.size() < SAMPLES; i += step) {
      samples.add(known.get(i));
    }
    assertThat(samples).as("rows of %s with values of %s", name, columns).isNotEmpty();
    return samples;
  }

  private List<Object> values(List<Object> row, List<String> columns) {
    List<Object> values = new ArrayList<>();
    columns.forEach(column -> values.add(value(row, column)));
    return values;
  }

  private Object value(List<Object> row, String column) {
    return row.get(position(column));
  }

  private int position(String column) {
    return table.columns().indexOf(table.column(column));
  }

  private static String quoted(String column) {
    return '"' + column + '"';
  }

  private String literal(String column, Object value) {
    return switch (table.column(column).type()) {
      case VARCHAR, JSON -> "'" + value.toString().replace("'", "''") + "'";
      case TIMESTAMP -> "TIMESTAMP '" + TIME.format((LocalDateTime) value) + "'";
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

  @SuppressWarnings("unchecked") // values of one column
  private static int compareValues(Object a, Object b) {
    if (a instanceof LocalDateTime x && b instanceof LocalDateTime y) {
      return x.compareTo(y);
    }
    return ((Comparable<Object>) a).compareTo(b);
  }
}
