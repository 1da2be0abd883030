package dev.turntable.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What Tableau does through "Other Databases (JDBC)", by its documentation: it lists, looks at an empty
 * result of every table, and writes SQL of its own, in the dialect of PostgreSQL or SQL-92.
 */
final class TableauScriptTest extends GapsTest {
  private int known;

  @BeforeEach
  void knowEveryTask() throws SQLException {
    connection.close();
    connection = services.knowing();
    known = services.simulator.handinger().taskIds().size();
    services.sent();
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

  @Test
  void drawsABarPerStatus() throws SQLException {
    String sql =
        "SELECT \"tasks\".\"status\" AS \"Status\", COUNT(1) AS \"cnt:id:ok\","
            + " SUM(\"tasks\".\"credits\") AS \"sum:credits:ok\" FROM \"handinger\".\"tasks\" \"tasks\""
            + " GROUP BY 1 HAVING (COUNT(1) > 0) ORDER BY \"Status\" ASC";
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      ResultSetMetaData columns = rows.getMetaData();
      assertThat(columns.getColumnLabel(1)).as("the case of labels is kept").isEqualTo("Status");
      assertThat(columns.getColumnLabel(2)).isEqualTo("cnt:id:ok");
      long counted = 0;
      while (rows.next()) {
        counted += rows.getLong("cnt:id:ok");
      }
      assertThat(counted).isEqualTo(known);
    }
    assertThat(services.sent()).isEqualTo(known);
  }

  @Test
  void nestsItsQuestions() throws SQLException {
    String sql =
        "SELECT \"t0\".\"tr:created_at:ok\", SUM(\"t0\".\"x\") AS \"sum:x:ok\" FROM (SELECT"
            + " DATE_TRUNC('YEAR', CAST(\"tasks\".\"created_at\" AS TIMESTAMP)) AS"
            + " \"tr:created_at:ok\", (CASE WHEN (\"tasks\".\"status\" = 'completed') THEN 1 WHEN NOT"
            + " (\"tasks\".\"status\" = 'completed') THEN 0 ELSE NULL END) AS \"x\" FROM"
            + " \"handinger\".\"tasks\" \"tasks\" WHERE (EXTRACT(YEAR FROM \"tasks\".\"created_at\") >"
            + " 2000)) \"t0\" GROUP BY 1";
    String simple =
        "SELECT COUNT(*) FROM handinger.tasks WHERE status = 'completed' AND EXTRACT(YEAR FROM"
            + " created_at) > 2000";
    assertThat(rows(sql).stream().mapToInt(row -> Integer.parseInt(row.split("\\|")[1])).sum())
        .isEqualTo(Integer.parseInt(rows(simple).get(0)));
    assertThat(services.sent()).isEqualTo(2L * known);
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
