package dev.turntable.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What Tableau does through "Other Databases (JDBC)", by its documentation: it lists, looks at an empty
 * result of every table, and writes SQL of its own, in the dialect of PostgreSQL or SQL-92.
 */
final class TableauScriptTest extends DemoServicesTest {
  @Override
  Connection connect() throws SQLException {
    return services.knowing();
  }

  @Test
  void enumerates() throws SQLException {
    DatabaseMetaData data = connection.getMetaData();
    assertThat(Services.rows(data.getCatalogs())).isEmpty();
    assertThat(Services.rows(data.getSchemas())).hasSize(4);
    for (String schema : List.of("handinger", "rightbrain")) {
      try (ResultSet tables = data.getTables(null, schema, "%", new String[] {"TABLE", "VIEW"})) {
        while (tables.next()) {
          String table = tables.getString("TABLE_NAME");
          assertThat(Services.rows(data.getColumns(null, schema, table, "%"))).isNotEmpty();
          Services.rows(data.getPrimaryKeys(null, schema, table));
          Services.rows(data.getImportedKeys(null, schema, table));
          Services.rows(data.getIndexInfo(null, schema, table, false, true));
          String from = "\"" + schema + "\".\"" + table + "\" \"" + table + "\"";
          isEmptyWithColumns("SELECT * FROM " + from + " WHERE 1=0");
          isEmptyWithColumns("SELECT * FROM " + from + " LIMIT 0");
          String nested = "(SELECT * FROM " + from + " LIMIT 9) \"Custom SQL Query\"";
          isEmptyWithColumns("SELECT * FROM " + nested + " WHERE (0 = 1)");
          isEmptyWithColumns("SELECT * FROM " + nested + " LIMIT 0");
        }
      }
    }
    assertThat(services.sent()).isZero();
  }

  private void isEmptyWithColumns(String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      assertThat(statement.getMetaData().getColumnCount()).as(sql).isPositive();
      assertThat(Services.rows(statement.executeQuery())).as(sql).isEmpty();
    }
  }

  private static List<String> labels(ResultSetMetaData columns) throws SQLException {
    List<String> labels = new ArrayList<>();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      labels.add(columns.getColumnLabel(i));
    }
    return labels;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        // A table of sums, by the ordinal of what it is grouped by.
        "SELECT \"tasks\".\"worker_id\" AS \"worker_id\", COUNT(DISTINCT \"tasks\".\"id\") AS \"ctd:id:ok\","
            + " COUNT(1) AS \"cnt:x:ok\", SUM(\"tasks\".\"credits\") AS \"sum:Credits:ok\""
            + " FROM \"handinger\".\"tasks\" \"tasks\" GROUP BY 1"
            + " ~ worker_id,ctd:id:ok,cnt:x:ok,sum:Credits:ok"
            + " ~ wrk_competitor-watch|17|17|5162 wrk_invoice-check|17|17|1088"
            + " wrk_translation|9|9|765 wrk_vk81XUHKHG-qr4|1|1|42 wrk_weather-desk|17|17|338 ~ 61",
        // One number; HAVING takes the row away where nothing is counted.
        "SELECT COUNT(1) AS \"cnt:x:ok\", SUM(\"tasks\".\"credits\") AS \"sum:credits:ok\""
            + " FROM \"handinger\".\"tasks\" \"tasks\" HAVING (COUNT(1) > 0)"
            + " ~ cnt:x:ok,sum:credits:ok ~ 61|7395 ~ 61",
        "SELECT SUM(1) AS \"sum:Number of Records:ok\" FROM \"rightbrain\".\"task_runs\" \"r\""
            + " WHERE (1 = 0) HAVING (COUNT(1) > 0) ~ sum:Number of Records:ok ~ `` ~ 0",
        // A calculated field.
        "SELECT (CASE WHEN \"r\".\"is_error\" THEN 'Failed' ELSE 'Done' END) AS \"Calculation_1\","
            + " COUNT(1) AS \"cnt:Calculation_1:ok\" FROM \"rightbrain\".\"task_runs\" \"r\" GROUP BY 1"
            + " ~ Calculation_1,cnt:Calculation_1:ok ~ Done|490 Failed|34 ~ 6",
        "SELECT (CASE WHEN (\"t\".\"status\" IN ('error', 'aborted')) THEN 1 WHEN NOT (\"t\".\"status\" IN"
            + " ('error', 'aborted')) THEN 0 ELSE NULL END) AS \"io:Set 1:nk\", COUNT(1) AS \"n\""
            + " FROM \"handinger\".\"tasks\" \"t\" GROUP BY 1 ~ io:Set 1:nk,n ~ 0|51 1|10 ~ 61",
        // Dates, truncated and as parts.
        "SELECT DATE_TRUNC( 'MONTH', CAST(\"t\".\"created_at\" AS TIMESTAMP) ) AS \"tmn:created_at:ok\","
            + " SUM(\"t\".\"credits\") AS \"sum:credits:ok\" FROM \"handinger\".\"tasks\" \"t\" GROUP BY 1"
            + " ~ tmn:created_at:ok,sum:credits:ok ~ 2026-04-01 00:00:00|13 2026-05-01 00:00:00|1493 2026-06-01 00:00:00|2306 2026-07-01 00:00:00|3583 ~ 61",
        "SELECT CAST(EXTRACT(YEAR FROM \"r\".\"created\") AS INTEGER) AS \"yr:created:ok\","
            + " CAST(DATE_TRUNC( 'QUARTER', \"r\".\"created\" ) AS DATE) AS \"tqr:created:ok\","
            + " SUM(\"r\".\"charged_credits\") AS \"sum:charged_credits:ok\""
            + " FROM \"rightbrain\".\"task_runs\" \"r\" GROUP BY 1, 2"
            + " ~ yr:created:ok,tqr:created:ok,sum:charged_credits:ok"
            + " ~ 2026|2026-04-01|587.680000 2026|2026-07-01|170.270000 ~ 6",
        // A filter on dates is sent along: pages of June only.
        "SELECT \"r\".\"status\" AS \"status\", COUNT(1) AS \"n\" FROM \"rightbrain\".\"task_runs\" \"r\""
            + " WHERE ((\"r\".\"created\" >= CAST('2026-06-01 00:00:00' AS TIMESTAMP)) AND"
            + " (\"r\".\"created\" < TIMESTAMP '2026-07-01 00:00:00.000')) GROUP BY 1"
            + " ~ status,n ~ error|11 success|163 ~ 2",
        // The two most expensive workers, by a join with a nested select.
        "SELECT \"t\".\"worker_id\" AS \"worker_id\", MAX(\"t\".\"credits\") AS \"max:credits:ok\""
            + " FROM \"handinger\".\"tasks\" \"t\" INNER JOIN (SELECT \"u\".\"worker_id\" AS \"worker_id\","
            + " SUM(\"u\".\"credits\") AS \"X__alias__0\" FROM \"handinger\".\"tasks\" \"u\" GROUP BY 1"
            + " ORDER BY 2 DESC, 1 ASC LIMIT 2) \"t0\" ON (\"t\".\"worker_id\" = \"t0\".\"worker_id\")"
            + " GROUP BY 1 ~ worker_id,max:credits:ok ~ wrk_competitor-watch|521 wrk_invoice-check|153 ~ 61",
        // A level of detail.
        "SELECT AVG(CAST(\"t0\".\"X__m\" AS DOUBLE PRECISION)) AS \"avg:x:ok\" FROM (SELECT"
            + " \"r\".\"task_id\" AS \"task_id\", COUNT(1) AS \"X__m\" FROM \"rightbrain\".\"task_runs\" \"r\""
            + " GROUP BY 1) \"t0\" HAVING (COUNT(1) > 0) ~ avg:x:ok ~ 87.33333333333333 ~ 6",
        // A list for a filter.
        "SELECT \"r\".\"task_name\" AS \"task_name\" FROM \"rightbrain\".\"task_runs\" \"r\" GROUP BY 1"
            + " ORDER BY 1 ASC LIMIT 3 ~ task_name ~ CV Screening Invoice Processor Language Router ~ 6",
        "SELECT MIN(\"t\".\"created_at\") AS \"TEMP(a)(1)\", MAX(\"t\".\"created_at\") AS \"TEMP(a)(2)\""
            + " FROM \"handinger\".\"tasks\" \"t\" HAVING (COUNT(1) > 0) ~ TEMP(a)(1),TEMP(a)(2) ~ 2026-04-29 09:58:11.886|2026-07-20 11:26:54 ~ 61",
      })
  void aSheetAsks(String sql, String labels, String answer, long requests) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      assertThat(String.join(",", labels(rows.getMetaData())))
          .as("their case is kept")
          .isEqualTo(labels);
      List<String> sorted = Services.rows(rows).stream().sorted().toList();
      assertThat(String.join(" ", sorted)).isEqualTo(answer);
    }
    assertThat(services.sent()).isEqualTo(requests);
  }

  @Test
  void anExtractReadsAllInOneStatement() throws SQLException {
    try (Statement statement =
        connection.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY)) {
      statement.setFetchSize(10_000);
      assertThat(
              Services.rows(
                  statement.executeQuery(
                      "SELECT \"r\".\"id\" AS \"id\", \"r\".\"created\" AS \"created\""
                          + " FROM \"rightbrain\".\"task_runs\" \"r\"")))
          .hasSize(524);
    }
    assertThat(services.sent()).isEqualTo(6);
  }

  @Test
  void queriesOfADashboardRunAtOnceAndCanBeCancelled() throws Exception {
    String count = "SELECT COUNT(1) AS \"n\" FROM \"%s\" \"x\" HAVING (COUNT(1) > 0)";
    List<CompletableFuture<List<String>>> sheets = new ArrayList<>();
    for (String table : List.of("handinger\".\"tasks", "rightbrain\".\"task_runs")) {
      sheets.add(
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return Services.rows(connection, count.formatted(table));
                } catch (SQLException e) {
                  throw new AssertionError(e);
                }
              }));
    }
    assertThat(sheets.get(0).get()).containsExactly("61");
    assertThat(sheets.get(1).get()).containsExactly("524");
    assertThat(services.sent()).isEqualTo(67);
    try (Statement statement = connection.createStatement()) {
      String sql =
          "SELECT \"t\".\"status\" AS \"status\" FROM \"handinger\".\"tasks\" \"t\" GROUP BY 1";
      assertThat(services.cancelled(statement, sql).getSQLState()).isEqualTo("57014");
      assertThat(services.sent()).isEqualTo(1);
      assertThat(Services.rows(statement.executeQuery(sql))).hasSize(5);
    }
    assertThat(services.sent()).isEqualTo(61);
  }

  @Test
  void anotherViewAsksOnlyForWorkUnderWayAgainWithinMaxAge() throws SQLException {
    try (Connection cached = services.knowing("maxAge", "600")) {
      String bars =
          "SELECT \"t\".\"%1$s\" AS \"%1$s\", COUNT(1) AS \"n\" FROM \"handinger\".\"tasks\" \"t\" GROUP BY 1";
      assertThat(Services.rows(cached, bars.formatted("worker_id"))).hasSize(5);
      assertThat(services.sent()).isEqualTo(61);
      assertThat(Services.rows(cached, bars.formatted("status"))).hasSize(5);
      assertThat(services.sent()).isEqualTo(4);
    }
  }

  @Test
  void filtersByAListOfValues() throws SQLException {
    String sql =
        "SELECT \"tasks\".\"title\" AS \"title\" FROM \"handinger\".\"tasks\" \"tasks\" WHERE"
            + " (\"tasks\".\"id\" IN ('"
            + Services.TASK
            + "', 'tsk_none')) GROUP BY 1";
    assertThat(rows(sql)).containsExactly("Weather report for Barcelona");
    assertThat(services.sent()).isEqualTo(2);
  }
}
