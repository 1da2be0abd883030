package dev.turntable.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.engine.Engine;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Conditions that a program wrote, of thousands of terms: they are planned, and say what they say. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LongConditionsTest {
  private static final int FEW = 500;
  private static final int MANY = 2000;

  /** Four times as many terms, some of which Calcite looks at again for every other one. */
  private static final int MORE_WORK = 12;

  private static final List<String> COLUMNS =
      List.of("id", "title", "status", "triggered_by", "worker_id", "organization_id", "url");

  private Bench bench;
  private int statements;

  @BeforeAll
  void start() {
    bench = Bench.knowingAll();
  }

  @AfterAll
  void stop() {
    bench.close();
  }

  private static String joined(int count, String separator, IntFunction<String> part) {
    return IntStream.range(0, count).mapToObj(part).collect(Collectors.joining(separator));
  }

  private static String column(int place) {
    return COLUMNS.get(place % COLUMNS.size());
  }

  /** Long texts of all kinds. */
  enum Form {
    OR_OF_EQUALITIES(" OR ", i -> column(i) + " = 'v" + i + "'"),
    OR_OF_KEYS(" OR ", i -> "id = 'k" + i + "'"),
    OR_OF_EXPRESSIONS(" OR ", i -> "UPPER(" + column(i) + ") = 'V" + i + "'"),
    OR_OF_RANGES(" OR ", i -> "credits BETWEEN " + 3 * i + " AND " + (3 * i + 1)),
    OR_OF_PAIRS(" OR ", i -> "(status = 's" + i % 40 + "' AND worker_id = 'w" + i + "')"),
    OR_OF_PATTERNS(" OR ", i -> "title LIKE '%v" + i + "%'"),
    OR_OF_INEQUALITIES(" OR ", i -> column(i) + " <> 'v" + i + "'"),
    AND_OF_EQUALITIES(" AND ", i -> column(i) + " = 'v" + i + "'"),
    AND_OF_INEQUALITIES(" AND ", i -> column(i) + " <> 'v" + i + "'"),
    AND_OF_ONE_COLUMN(" AND ", i -> "id <> 'v" + i + "'"),
    AND_OF_MANY_KINDS(
        " AND ",
        i ->
            i % 2 == 0
                ? "title NOT LIKE 'v" + i + "%'"
                : "(credits <> " + i + " OR worker_id <> 'w" + i + "')");

    private final String separator;
    private final IntFunction<String> term;

    Form(String separator, IntFunction<String> term) {
      this.separator = separator;
      this.term = term;
    }

    String condition(int terms) {
      return joined(terms, separator, term);
    }
  }

  @ParameterizedTest
  @EnumSource
  void arePlanned(Form form) {
    grows(MORE_WORK, terms -> "SELECT id FROM tasks WHERE " + form.condition(terms));
  }

  @ParameterizedTest
  @EnumSource
  void arePlannedInJoins(Form form) {
    String condition = form.condition(FEW).replaceAll("\\b([a-z_]{2,})\\b", "t.$1");
    PlanningWork.of(
        bench.engine(),
        "SELECT t.id FROM tasks t JOIN turns u ON u.task_id = t.id AND (" + condition + ")");
  }

  @Test
  void listsArePlanned() {
    grows(
        MORE_WORK,
        terms ->
            "SELECT id FROM tasks WHERE status IN ("
                + joined(terms, ", ", i -> "'v" + i + "'")
                + ")");
  }

  @Test
  void casesArePlanned() {
    IntFunction<String> branch = i -> "WHEN " + column(i) + " = 'v" + i + "' THEN " + i;
    grows(
        MORE_WORK,
        terms -> "SELECT CASE " + joined(terms / 4, " ", branch) + " ELSE -1 END FROM tasks");
  }

  @Test
  void partsOfUnionsArePlanned() {
    // Calcite looks through the whole tree after every step, which is not ours to change.
    IntFunction<String> part = i -> "SELECT id FROM tasks WHERE status = 'v" + i + "'";
    grows(64, terms -> joined(terms / 4, " UNION ALL ", part));
  }

  private void grows(int most, IntFunction<String> statement) {
    work(statement.apply(FEW)); // loads what such a statement needs
    long few = work(statement.apply(FEW));
    long many = work(statement.apply(MANY));
    assertThat(many).as("bytes, %s for %s terms", few, FEW).isLessThan(most * few);
  }

  /** No two statements have the same names, so that none is planned before. */
  private long work(String sql) {
    return PlanningWork.of(
        bench.engine(), "SELECT * FROM (" + sql + ") s" + statements++ + " WHERE 1 = 1");
  }

  /** The terms that decide are the last ones. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "s = ~             OR  ; s = 'a'                       ; 1",
        "s = ~             OR  ; 'b' = s OR s IS NULL          ; 2, 3",
        "s = ~             OR  ; s = 'a' OR s = 'a' OR n = 4   ; 1, 4",
        "NOT (s = ~        OR  ; s = 'a')                      ; 2, 4",
        "s <> ~            AND ; s <> 'a'                      ; 2, 4",
        "s <> ~            AND ; 'a' <> s AND n <> 2           ; 4",
        "NOT (s <> ~       AND ; s <> 'a')                     ; 1",
        "s <> ~            AND ; s = 'b'                       ; 2",
        "UPPER(s) = ~      OR  ; UPPER(s) = 'B'                ; 2",
        "s || s <> ~       AND ; s || s <> 'bb' AND s <> 'x '  ; 1, 4",
        "n = 10 + LENGTH(~) OR ; n = 2                         ; 2",
      })
  void sayWhatTheySay(String repeated, String last, String rows) {
    bench
        .sql("SELECT n FROM " + rows() + " WHERE " + condition(repeated, last) + " ORDER BY n")
        .rows()
        .is(rows.split(", "));
  }

  /** Where nothing decides they are unknown, not false. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "s = ~  OR  ; s = 'a'  ; true, false, null, false",
        "s <> ~ AND ; s <> 'a' ; false, true, null, true",
      })
  void areUnknown(String repeated, String last, String values) {
    bench
        .sql("SELECT " + condition(repeated, last) + " FROM " + rows() + " ORDER BY n")
        .rows()
        .is(values.split(", "));
  }

  @Test
  void numbersOfAllKindsAreOneList() {
    String list = joined(100, " OR ", i -> "x = " + (i % 2 == 0 ? i + ".5" : "1" + i + "e0"));
    bench
        .sql("SELECT x FROM (VALUES (2.5), (111.0), (7.0), (NULL)) v (x) WHERE " + list)
        .rows()
        .isInAnyOrder("2.5", "111.0");
  }

  @Test
  void keysAreAskedForOnceEach() {
    String task = bench.taskIds().get(0);
    String others = joined(100, " OR ", i -> "id = 'none" + i % 3 + "'");
    bench
        .sql("SELECT id FROM tasks WHERE " + others + " OR id = '" + task + "'")
        .rows()
        .is(task)
        .sent(4);
  }

  /** The terms of a condition, of which the repeated one has another value each time. */
  private static String condition(String repeated, String last) {
    String operator = repeated.substring(repeated.lastIndexOf(' ') + 1);
    String term = repeated.substring(0, repeated.lastIndexOf(' ')).strip();
    String negation = term.startsWith("NOT (") ? "NOT (" : "";
    String plain = term.substring(negation.length());
    return negation
        + joined(60, " " + operator + " ", i -> plain.replace("~", "'v" + i + "'"))
        + (" " + operator + " " + last);
  }

  private static String rows() {
    return "(VALUES (1, 'a'), (2, 'b'), (3, NULL), (4, 'z')) x (n, s)";
  }

  /** What nests deeper than the stack goes. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "(               | credits        | )",
        "UPPER(          | title          | )",
        "CASE WHEN credits = 1 THEN 2 ELSE | 3 | END",
        "(credits +      | 1              | )",
        "- - (           | credits        | )",
        "CAST(           | credits        | AS BIGINT)",
        "COALESCE(title, | status         | )",
        "(SELECT         | 1              | )",
        "credits +       | 1              | ''",
        "''              | credits        | + 1",
      })
  void deepOnesArePlannedOrRefused(String open, String middle, String close) {
    Engine engine = bench.engine();
    for (int depth : new int[] {30, 300, 5000}) {
      String sql =
          "SELECT " + repeated(open, depth) + middle + repeated(close, depth) + " FROM tasks";
      try (StatementScope scope = engine.newStatement(sql, PlanningWork.PATIENCE)) {
        assertThat(engine.prepare(sql, engine.defaultSchema(), scope).columns()).hasSize(1);
      } catch (TurntableException e) {
        assertThat(e.kind()).as("%s: %s", depth, e.getMessage()).isEqualTo(ErrorKind.TOO_LARGE);
        assertThat(depth).isGreaterThan(30);
      }
    }
  }

  private static String repeated(String part, int times) {
    return (" " + (part == null ? "" : part) + " ").repeat(times);
  }
}
