package dev.turntable.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * Makes random queries full of sub-queries that name columns of every query around them, each fully
 * decided by its seed. One text is read alike by Turntable, DuckDB and PostgreSQL. All tables have
 * three columns of small numbers and one of small texts, with duplicates and nulls.
 */
final class RandomNestedQueries {
  private static final List<String> NUMBERS = List.of("a", "b", "c");
  private static final int DEPTH = 3;
  private static final int MAX_ROWS = 4;

  private final Random random;
  private final List<String> tables;
  private final boolean rowValues;
  private int aliases;

  /** The aliases that a query names, and those of the queries around it, outermost first. */
  private record Scope(List<String> own, List<String> outer) {
    static final Scope NONE = new Scope(List.of(), List.of());

    List<String> visible() {
      List<String> all = new ArrayList<>(outer);
      all.addAll(own);
      return all;
    }
  }

  /**
   * @param tables further tables in FROM, each a text that an alias with columns may follow
   * @param rowValues whether rows are compared with rows, which DuckDB does in its own way
   */
  RandomNestedQueries(long seed, List<String> tables, boolean rowValues) {
    this.random = new Random(seed);
    this.tables = tables;
    this.rowValues = rowValues;
  }

  /** A whole statement; its rows have no order. */
  String statement() {
    Scope outside = Scope.NONE;
    if (oneIn(10)) {
      return setOperation(outside, 2, DEPTH);
    }
    return select(outside, 1 + random.nextInt(3), DEPTH);
  }

  private boolean oneIn(int n) {
    return random.nextInt(n) == 0;
  }

  private <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private String alias() {
    return "t" + aliases++;
  }

  private String select(Scope around, int columns, int depth) {
    return switch (random.nextInt(6)) {
      case 0 -> grouped(around, columns, depth);
      case 1 -> oneIn(2) ? windowed(around, columns, depth) : plain(around, columns, depth);
      default -> plain(around, columns, depth);
    };
  }

  private String plain(Scope around, int columns, int depth) {
    From from = from(around, depth);
    List<String> list = new ArrayList<>();
    for (int i = 0; i < columns; i++) {
      list.add(oneIn(3) ? number(from.scope(), depth, 2) : column(from.scope()));
    }
    String distinct = oneIn(6) ? "DISTINCT " : "";
    return "SELECT " + distinct + named(list) + " FROM " + from.text() + where(from.scope(), depth);
  }

  private String windowed(Scope around, int columns, int depth) {
    From from = from(around, depth);
    String alias = pick(from.scope().own());
    List<String> list = new ArrayList<>();
    for (int i = 0; i < columns; i++) {
      String partition = oneIn(2) ? "PARTITION BY " + alias + "." + pick(NUMBERS) + " " : "";
      String order = "ORDER BY " + alias + "." + pick(NUMBERS);
      list.add(
          switch (random.nextInt(4)) {
            case 0 -> "COUNT(*) OVER (" + partition + ")";
            case 1 -> "RANK() OVER (" + partition + order + ")";
            case 2 -> "SUM(" + local(from.scope()) + ") OVER (" + partition + order + ")";
            default -> "MAX(" + number(from.scope(), 0, 1) + ") OVER (" + partition + ")";
          });
    }
    return "SELECT " + named(list) + " FROM " + from.text() + where(from.scope(), depth);
  }

  private String grouped(Scope around, int columns, int depth) {
    From from = from(around, depth);
    String key = local(from.scope());
    boolean total = oneIn(3);
    Scope groups = new Scope(List.of(), from.scope().outer());
    List<String> list = new ArrayList<>();
    for (int i = 0; i < columns; i++) {
      list.add(
          !total && oneIn(3)
              ? key
              : oneIn(4) && !groups.outer().isEmpty()
                  ? aggregate(from.scope()) + " + " + column(groups)
                  : aggregate(from.scope()));
    }
    String having =
        oneIn(3)
            ? " HAVING " + aggregate(from.scope()) + comparison() + number(groups, depth - 1, 1)
            : "";
    return "SELECT "
        + named(list)
        + " FROM "
        + from.text()
        + where(from.scope(), depth)
        + (total ? "" : " GROUP BY " + key)
        + having;
  }

  private static String named(List<String> columns) {
    List<String> named = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      named.add(columns.get(i) + " AS o" + i);
    }
    return String.join(", ", named);
  }

  private String aggregate(Scope scope) {
    String argument = local(scope);
    String call =
        switch (random.nextInt(6)) {
          case 0, 1 -> "COUNT(*)";
          case 2 -> "COUNT(" + argument + ")";
          case 3 -> "SUM(" + argument + ")";
          case 4 -> "COUNT(DISTINCT " + argument + ")";
          default -> pick(List.of("MIN(", "MAX(")) + argument + ")";
        };
    return oneIn(6) ? call + " FILTER (WHERE " + comparisonOf(scope) + ")" : call;
  }

  private String where(Scope scope, int depth) {
    return oneIn(5) ? "" : " WHERE " + predicate(scope, depth, 2);
  }

  private record From(String text, Scope scope) {}

  private From from(Scope around, int depth) {
    String first = alias();
    List<String> own = new ArrayList<>(List.of(first));
    StringBuilder text = new StringBuilder(source(around, first, depth));
    if (oneIn(3)) {
      String second = alias();
      Scope before = new Scope(List.copyOf(own), around.visible());
      own.add(second);
      Scope both = new Scope(own, around.visible());
      switch (random.nextInt(7)) {
        case 0 -> text.append(", ").append(source(around, second, depth));
        case 1, 2 -> text.append(" CROSS JOIN LATERAL ").append(lateral(before, second, depth));
        case 3 ->
            text.append(" LEFT JOIN LATERAL ")
                .append(lateral(before, second, depth))
                .append(" ON ")
                .append(oneIn(2) ? "TRUE" : comparisonOf(both));
        case 4 ->
            text.append(pick(List.of(" RIGHT JOIN ", " FULL JOIN ")))
                .append(source(around, second, depth))
                .append(" ON " + first + ".a = " + second + ".b");
        default ->
            text.append(pick(List.of(" JOIN ", " LEFT JOIN ")))
                .append(source(around, second, depth))
                .append(" ON ")
                .append(predicate(both, oneIn(3) ? depth : 0, 1));
      }
    }
    return new From(text.toString(), new Scope(own, around.visible()));
  }

  private String source(Scope around, String alias, int depth) {
    if (!tables.isEmpty() && oneIn(3)) {
      return pick(tables) + " " + alias + " (a, b, c, s)";
    }
    if (depth > 1 && oneIn(7)) {
      return "("
          + columns(new Scope(List.of(), List.of()), depth - 2)
          + ") "
          + alias
          + " (a, b, c, s)";
    }
    int rows = 1 + random.nextInt(MAX_ROWS);
    List<String> list = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      list.add("(" + value() + ", " + value() + ", " + value() + ", " + word() + ")");
    }
    return "(VALUES " + String.join(", ", list) + ") " + alias + " (a, b, c, s)";
  }

  private String value() {
    return oneIn(5) ? "CAST(NULL AS INTEGER)" : String.valueOf(1 + random.nextInt(4));
  }

  private String word() {
    return oneIn(5) ? "CAST(NULL AS VARCHAR)" : "'" + pick(List.of("x", "y", "z")) + "'";
  }

  private String lateral(Scope around, String alias, int depth) {
    return "(" + columns(around, depth - 1) + ") " + alias + " (a, b, c, s)";
  }

  /** A query of three numbers and a text. */
  private String columns(Scope around, int depth) {
    From from = from(new Scope(List.of(), around.visible()), Math.max(depth, 0));
    Scope scope = from.scope();
    if (oneIn(4)) {
      return "SELECT "
          + aggregate(scope)
          + ", "
          + aggregate(scope)
          + ", "
          + aggregate(scope)
          + ", MAX("
          + pick(scope.own())
          + ".s) FROM "
          + from.text()
          + where(scope, depth);
    }
    String list = column(scope) + ", " + column(scope) + ", " + number(scope, depth, 1);
    String sql =
        "SELECT "
            + list
            + ", "
            + pick(scope.visible())
            + ".s FROM "
            + from.text()
            + where(scope, depth);
    return oneIn(3) ? sql + " ORDER BY 1, 2, 3, 4 LIMIT " + (1 + random.nextInt(3)) : sql;
  }

  private String setOperation(Scope around, int columns, int depth) {
    return "("
        + plain(around, columns, depth - 1)
        + ") "
        + pick(List.of("UNION", "UNION ALL", "INTERSECT", "EXCEPT", "INTERSECT ALL", "EXCEPT ALL"))
        + " ("
        + plain(around, columns, depth - 1)
        + ")";
  }

  private String column(Scope scope) {
    return pick(scope.visible()) + "." + pick(NUMBERS);
  }

  private String local(Scope scope) {
    return pick(scope.own()) + "." + pick(NUMBERS);
  }

  /** A number, which may be a sub-query. */
  private String number(Scope scope, int depth, int size) {
    if (scope.visible().isEmpty()) {
      return String.valueOf(random.nextInt(4));
    }
    if (depth > 0 && oneIn(3)) {
      return scalar(scope, depth - 1);
    }
    if (size <= 0 || oneIn(2)) {
      return oneIn(4) ? String.valueOf(random.nextInt(5)) : column(scope);
    }
    return switch (random.nextInt(4)) {
      case 0 -> "(" + column(scope) + " + " + number(scope, depth, size - 1) + ")";
      case 1 ->
          "CASE WHEN "
              + predicate(scope, depth - 1, size - 1)
              + " THEN "
              + number(scope, depth - 1, size - 1)
              + " ELSE "
              + column(scope)
              + " END";
      case 2 -> "COALESCE(" + number(scope, depth, size - 1) + ", " + column(scope) + ")";
      default -> column(scope);
    };
  }

  private String scalar(Scope scope, int depth) {
    Scope inner = new Scope(List.of(), scope.visible());
    From from = from(inner, depth);
    if (oneIn(4)) {
      String keys =
          from.scope().own().stream()
              .map(alias -> alias + ".a, " + alias + ".b, " + alias + ".c, " + alias + ".s")
              .collect(Collectors.joining(", "));
      return "(SELECT "
          + local(from.scope())
          + " FROM "
          + from.text()
          + where(from.scope(), depth)
          + " ORDER BY "
          + keys
          + " LIMIT 1)";
    }
    String value = aggregate(from.scope());
    String more =
        switch (random.nextInt(6)) {
          case 0 -> value + " + " + column(inner);
          case 1 -> "COALESCE(" + value + ", " + column(inner) + ")";
          default -> value;
        };
    String having =
        oneIn(8) ? " HAVING " + aggregate(from.scope()) + comparison() + column(inner) : "";
    return "(SELECT " + more + " FROM " + from.text() + where(from.scope(), depth) + having + ")";
  }

  private String comparison() {
    return pick(List.of(" = ", " = ", " = ", " <> ", " < ", " <= ", " > ", " >= "));
  }

  private String comparisonOf(Scope scope) {
    if (oneIn(6)) {
      return pick(scope.visible()) + ".s" + comparison() + pick(scope.visible()) + ".s";
    }
    if (oneIn(8)) {
      return column(scope) + pick(List.of(" IS NULL", " IS NOT NULL"));
    }
    if (oneIn(10)) {
      return column(scope) + " IS " + pick(List.of("", "NOT ")) + "DISTINCT FROM " + column(scope);
    }
    return (scope.own().isEmpty() ? column(scope) : local(scope))
        + comparison()
        + (oneIn(4) ? String.valueOf(random.nextInt(5)) : column(scope));
  }

  /** A condition of three values, which may hold sub-queries. */
  private String predicate(Scope scope, int depth, int size) {
    if (scope.visible().isEmpty()) {
      return "1 = 1";
    }
    if (depth > 0 && oneIn(2)) {
      return subQuery(scope, depth - 1);
    }
    if (size <= 0) {
      return comparisonOf(scope);
    }
    return switch (random.nextInt(7)) {
      case 0, 1 ->
          "("
              + predicate(scope, depth, size - 1)
              + " AND "
              + predicate(scope, depth, size - 1)
              + ")";
      case 2 ->
          "("
              + predicate(scope, depth, size - 1)
              + " OR "
              + predicate(scope, depth, size - 1)
              + ")";
      case 3 -> "NOT (" + predicate(scope, depth, size - 1) + ")";
      case 4 ->
          "("
              + predicate(scope, depth, size - 1)
              + ") IS "
              + pick(List.of("TRUE", "FALSE", "NOT TRUE", "NOT FALSE", "NULL", "NOT NULL"));
      default -> comparisonOf(scope);
    };
  }

  private String subQuery(Scope scope, int depth) {
    Scope inner = new Scope(List.of(), scope.visible());
    String truth =
        switch (random.nextInt(8)) {
          case 0, 1 -> "EXISTS (" + rows(inner, 1, depth) + ")";
          case 2 -> "NOT EXISTS (" + rows(inner, 1, depth) + ")";
          case 3 -> number(scope, 0, 1) + " IN (" + rows(inner, 1, depth) + ")";
          case 4 -> number(scope, 0, 1) + " NOT IN (" + rows(inner, 1, depth) + ")";
          case 5 ->
              number(scope, 0, 1)
                  + comparison()
                  + pick(List.of("ANY", "ALL"))
                  + " ("
                  + rows(inner, 1, depth)
                  + ")";
          case 6 ->
              rowValues && oneIn(2)
                  ? "("
                      + column(scope)
                      + ", "
                      + column(scope)
                      + pick(List.of(") IN (", ") NOT IN ("))
                      + rows(inner, 2, depth)
                      + ")"
                  : column(scope) + comparison() + scalar(scope, depth);
          default -> texts(scope, depth);
        };
    return oneIn(3)
        ? "("
            + truth
            + ") IS "
            + pick(List.of("TRUE", "FALSE", "NOT TRUE", "NOT FALSE", "NULL", "NOT NULL"))
        : truth;
  }

  private String texts(Scope scope, int depth) {
    From from = from(new Scope(List.of(), scope.visible()), depth);
    return pick(scope.visible())
        + ".s"
        + pick(List.of(" IN (", " NOT IN (", " = ANY (", " <> ALL (", " < ALL ("))
        + "SELECT "
        + pick(from.scope().own())
        + ".s FROM "
        + from.text()
        + where(from.scope(), depth)
        + ")";
  }

  private String rows(Scope inner, int columns, int depth) {
    if (oneIn(7)) {
      return setOperation(inner, columns, Math.max(depth, 1));
    }
    if (oneIn(8)) {
      return "SELECT "
          + (columns == 1 ? "u.o0" : "u.o0, u.o1")
          + " FROM ("
          + select(inner, columns, depth)
          + " ORDER BY "
          + (columns == 1 ? "1" : "1, 2")
          + " LIMIT "
          + (1 + random.nextInt(2))
          + ") u";
    }
    return select(inner, columns, depth);
  }
}
