package dev.turntable.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.engine.Catalog.CatalogColumn;
import dev.turntable.engine.Catalog.TableInfo;
import dev.turntable.simulator.SimulatorOptions;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The columns of the fixed tables need no quotes, though some are named as words of SQL are. */
final class ColumnNamesTest {
  private static final List<String> STATEMENTS =
      List.of(
          "SELECT C, T.C AS x, MAX(C) AS y FROM T WHERE 1 = 0 AND C IS NOT NULL GROUP BY C ORDER BY"
              + " C",
          "SELECT x.C AS C FROM T AS x WHERE C IS NULL AND 1 = 0 OR x.C <> C AND FALSE",
          "SELECT C || '', CASE WHEN C IN (C) THEN C END FROM T WHERE NOT C = C AND 1 = 0",
          "WITH x (C) AS (SELECT 1) SELECT C, COUNT(C) OVER (PARTITION BY C) FROM x WHERE C = 2");

  /** The same over two rows, 7 and 8: the names must stand for their column too. */
  private static final Map<String, List<String>> VALUES =
      Map.of(
          "WITH x (C) AS (VALUES 7, 8) SELECT C, COUNT(C) OVER (PARTITION BY C), x.C FROM x WHERE C > 7",
          List.of("8 | 1 | 8"),
          "SELECT MAX(C) AS C, MIN(x.C) FROM (VALUES 7, 8) AS x (C) GROUP BY C / 100",
          List.of("8 | 7"),
          "SELECT C FROM (VALUES 7, 8) AS x (C) ORDER BY C DESC",
          List.of("8", "7"),
          "SELECT CASE WHEN C IN (7) THEN C END FROM (VALUES 7, 8) AS x (C) WHERE NOT C = 8",
          List.of("7"));

  @Test
  void needNoQuotes() {
    int names = 0;
    try (Bench bench = Bench.both(SimulatorOptions.builder().tasks(1).build())) {
      for (String schema : List.of("handinger", "rightbrain", "turntable")) {
        for (TableInfo table : bench.engine().catalog().tables(schema)) {
          for (CatalogColumn column : table.columns()) {
            String name = column.info().label();
            for (String statement : STATEMENTS) {
              String sql = statement.replaceAll("\\bT\\b", schema + "." + table.name());
              bench.sql(sql.replaceAll("\\bC\\b", name)).rows().hasRows(0).sent(0);
              bench.sql(sql.replaceAll("\\bC\\b", name.toUpperCase(Locale.ROOT))).rows().hasRows(0);
            }
            VALUES.forEach(
                (statement, rows) ->
                    assertThat(bench.sql(statement.replaceAll("\\bC\\b", name)).rows().rows())
                        .as(statement + " with " + name)
                        .isEqualTo(rows));
            names++;
          }
        }
      }
    }
    assertThat(names).as("columns of all tables").isGreaterThan(150);
  }
}
