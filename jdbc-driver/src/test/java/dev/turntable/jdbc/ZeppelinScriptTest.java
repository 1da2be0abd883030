package dev.turntable.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The calls of Zeppelin's JDBC interpreter and of the pool it uses, as their sources make them. */
final class ZeppelinScriptTest extends DemoServicesTest {
  @Override
  Connection connect() throws SQLException {
    return services.knowing();
  }

  private static int known() {
    return services.simulator.handinger().taskIds().size();
  }

  @Test
  void borrowsAndReturnsAConnection() throws SQLException {
    assertThat(connection.isClosed()).isFalse();
    assertThat(connection.getAutoCommit()).isTrue();
    try (Statement validation = connection.createStatement()) {
      assertThat(Services.rows(validation.executeQuery("show databases")))
          .anyMatch(row -> row.contains("handinger"));
    }
    connection.setAutoCommit(false);
    connection.rollback();
    connection.clearWarnings();
    connection.setAutoCommit(true);
    connection.commit();
    assertThat(connection.isReadOnly()).isFalse();
    assertThat(services.sent()).isZero();
    assertThat(connection.isValid(0)).isTrue();
    assertThat(services.sent()).as("one request to each service").isEqualTo(2);
    assertThat(connection.isValid(0)).isTrue();
    assertThat(services.sent()).as("again within half a minute").isZero();
  }

  @Test
  void runsAParagraph() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(1000);
      statement.setMaxRows(1000);
      assertThat(statement.execute("SELECT id, status, credits, created_at FROM handinger.tasks"))
          .isTrue();
      assertThat(statement.getUpdateCount()).isEqualTo(-1);
      try (ResultSet rows = statement.getResultSet()) {
        ResultSetMetaData columns = rows.getMetaData();
        assertThat(columns.getColumnCount()).isEqualTo(4);
        int count = 0;
        while (rows.next()) {
          count++;
          for (int i = 1; i <= columns.getColumnCount(); i++) {
            assertThat(columns.getColumnName(i)).isNotBlank();
            assertThat(rows.getObject(i) == null).isEqualTo(rows.getString(i) == null);
          }
        }
        assertThat(count).isEqualTo(known());
      }
      if (!connection.getAutoCommit()) {
        connection.commit();
      }
      assertThat(statement.getMoreResults()).isFalse();
    }
    assertThat(services.sent()).isEqualTo(known());
  }

  @Test
  void drawsBothServices() throws SQLException {
    assertThat(
            rows(
                "select status, count(*) as tasks from handinger.tasks group by status order by 1"))
        .containsExactly("aborted|4", "completed|47", "error|6", "pending|1", "running|3");
    assertThat(services.sent()).isEqualTo(known());
    assertThat(
            rows("select status, count(*) from rightbrain.task_runs group by status order by 1;"))
        .containsExactly("error|34", "success|490");
    assertThat(services.sent()).isEqualTo(6);
  }

  @Test
  void stopsAParagraph() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      String sql = "select id from rightbrain.task_runs";
      assertThat(services.cancelled(statement, sql).getSQLState()).isEqualTo("57014");
      assertThat(services.sent()).isEqualTo(1);
      assertThat(Services.rows(statement.executeQuery(sql))).hasSize(524);
    }
    assertThat(services.sent()).isEqualTo(6);
  }

  @Test
  void cutsALongParagraph() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setMaxRows(10);
      assertThat(statement.execute("select * from handinger.tasks")).isTrue();
      assertThat(Services.rows(statement.getResultSet())).hasSize(10);
    }
    assertThat(services.sent()).isEqualTo(10);
  }

  /** The schema is given as the catalog, too. */
  @Test
  void completesNames() throws SQLException {
    DatabaseMetaData data = connection.getMetaData();
    assertThat(Services.rows(data.getCatalogs())).isEmpty();
    for (String schema : List.of("handinger", "rightbrain")) {
      assertThat(Services.rows(data.getSchemas(null, schema))).hasSize(1);
      List<String> tables = new ArrayList<>();
      try (ResultSet rows =
          data.getTables(schema, schema, "%", new String[] {"TABLE", "VIEW", "ALIAS"})) {
        while (rows.next()) {
          tables.add(rows.getString("TABLE_NAME"));
        }
      }
      assertThat(tables).contains("tasks");
      for (String table : tables) {
        assertThat(Services.rows(data.getColumns(schema, schema, table, "%"))).isNotEmpty();
      }
    }
    assertThat(data.getSQLKeywords() + data.getStringFunctions() + data.getNumericFunctions())
        .contains("GROUP", "UCASE", "ABS");
    assertThat(data.getSystemFunctions() + data.getTimeDateFunctions()).contains("IFNULL", "NOW");
    assertThat(services.sent()).isZero();
  }
}
