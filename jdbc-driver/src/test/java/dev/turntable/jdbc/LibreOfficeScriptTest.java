package dev.turntable.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The calls of LibreOffice Base, as a tracing driver saw them. The program itself runs on the packed
 * jar with the slow clients; this is what every build can afford.
 */
final class LibreOfficeScriptTest extends DemoServicesTest {
  @Override
  Connection connect() throws SQLException {
    return services.knowing();
  }

  @Test
  void opensTheListOfTables() throws SQLException {
    DatabaseMetaData data = connection.getMetaData();
    assertThat(data.getDatabaseProductName()).isNotBlank();
    assertThat(data.getURL()).startsWith("jdbc:turntable:");
    assertThat(data.getMaxTablesInSelect()).isZero();
    assertThat(data.supportsMixedCaseQuotedIdentifiers()).isTrue();
    assertThat(data.supportsSchemasInDataManipulation()).isTrue();
    assertThat(data.supportsCatalogsInDataManipulation()).isFalse();
    assertThat(data.getCatalogSeparator()).isNotNull();
    assertThat(Services.rows(data.getTableTypes())).contains("TABLE");
    assertThat(
            Services.rows(data.getTables(null, "handinger", "%", new String[] {"TABLE", "VIEW"})))
        .isNotEmpty();
    assertThat(Services.rows(data.getTables(null, "rightbrain", "%", null))).isNotEmpty();
    assertThat(services.sent()).isZero();
  }

  /** It passes the empty catalog, which means that there is none. */
  @Test
  void looksAtATable() throws SQLException {
    DatabaseMetaData data = connection.getMetaData();
    List<String> columns = new ArrayList<>();
    try (ResultSet rows = data.getColumns("", "handinger", "tasks", "%")) {
      while (rows.next()) {
        columns.add(rows.getString(4) + " " + rows.getInt(5) + " " + rows.getString(6));
      }
    }
    assertThat(columns).contains("id 12 VARCHAR", "credits -5 BIGINT", "created_at 93 TIMESTAMP");
    assertThat(Services.rows(data.getPrimaryKeys("", "handinger", "tasks"))).hasSize(1);
    Services.rows(data.getImportedKeys("", "handinger", "tasks"));
    assertThat(Services.rows(data.getIndexInfo("", "handinger", "tasks", false, false))).hasSize(1);
    for (String column : List.of("id", "credits")) {
      try (Statement probe = connection.createStatement()) {
        probe.setEscapeProcessing(false);
        ResultSet none =
            probe.executeQuery(
                "SELECT \"" + column + "\" FROM \"handinger\".\"tasks\" WHERE 0 = 1");
        assertThat(none.getMetaData().isAutoIncrement(1)).isFalse();
        assertThat(none.next()).isFalse();
      }
    }
    assertThat(services.sent()).isZero();
  }

  @Test
  void opensTheGrid() throws SQLException {
    String sql = "SELECT * FROM \"handinger\".\"tasks\"";
    try (PreparedStatement empty = connection.prepareStatement(sql + " WHERE ( 0 = 1 )")) {
      ResultSetMetaData columns = empty.getMetaData();
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        assertThat(columns.getTableName(i)).isEqualTo("tasks");
        assertThat(columns.getSchemaName(i)).isEqualTo("handinger");
        assertThat(columns.getCatalogName(i)).isEmpty();
        assertThat(columns.isSearchable(i)).isTrue();
        assertThat(columns.isCurrency(i) || columns.isAutoIncrement(i)).isFalse();
        assertThat(columns.getPrecision(i)).isPositive();
        assertThat(columns.getColumnTypeName(i)).matches("[A-Z]+");
      }
      assertThat(Services.rows(empty.executeQuery())).isEmpty();
    }
    assertThat(services.sent()).isZero();
    try (PreparedStatement grid = connection.prepareStatement(sql);
        ResultSet rows = grid.executeQuery()) {
      int count = 0;
      for (; count < 40 && rows.next(); count++) {
        cells(rows);
      }
      assertThat(count).isEqualTo(40);
    }
    assertThat(services.sent()).as("no more than what is shown").isEqualTo(40);
  }

  private static void cells(ResultSet rows) throws SQLException {
    ResultSetMetaData columns = rows.getMetaData();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      switch (columns.getColumnType(i)) {
        case Types.BOOLEAN ->
            assertThat(rows.getBoolean(i)).isEqualTo("true".equals(rows.getString(i)));
        case Types.INTEGER -> assertThat(rows.getInt(i)).isNotNegative();
        case Types.BIGINT -> assertThat(rows.getLong(i)).isNotNegative();
        case Types.TIMESTAMP -> assertThat(rows.getTimestamp(i) == null).isEqualTo(rows.wasNull());
        default -> assertThat(rows.getString(i) == null).isEqualTo(rows.wasNull());
      }
    }
  }

  /** Base names the columns of a query by getColumnName, and edits those of a table only. */
  @Test
  void namesTheColumnsOfAQuery() throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT \"t\".\"id\", \"t\".\"title\" AS \"Name\", SUM( \"t\".\"credits\" )"
                + " FROM \"handinger\".\"tasks\" \"t\" GROUP BY \"t\".\"id\", \"t\".\"title\"")) {
      ResultSetMetaData columns = query.getMetaData();
      assertThat(columns.getColumnName(1)).isEqualTo("id");
      assertThat(columns.getTableName(1)).isEqualTo("tasks");
      assertThat(columns.getColumnName(2)).isEqualTo("Name");
      assertThat(columns.getTableName(2)).isEmpty();
      assertThat(columns.isWritable(2)).isFalse();
      assertThat(columns.getColumnName(3)).isEqualTo("SUM( \"t\".\"credits\" )");
      assertThat(columns.getTableName(3)).isEmpty();
    }
    assertThat(services.sent()).isZero();
  }

  @Test
  void insertsARowAndReadsItAgainByItsKey() throws SQLException {
    String id = "tsk_made_by_office";
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO \"handinger\".\"tasks\" ( \"id\",\"worker_id\",\"input\") VALUES ( ?,?,?)")) {
      insert.setString(1, id);
      insert.setString(2, WORKER);
      insert.setString(3, "Say hello");
      assertThat(insert.executeUpdate()).isEqualTo(1);
    }
    assertThat(services.sent()).as("a given id is read first").isEqualTo(2);
    try (PreparedStatement key =
        connection.prepareStatement(
            "SELECT * FROM \"handinger\".\"tasks\" WHERE \"handinger\".\"tasks\".\"id\" = ?")) {
      for (String one : List.of(id, Services.TASK)) {
        key.setString(1, one);
        assertThat(Services.rows(key.executeQuery())).singleElement().asString().startsWith(one);
        assertThat(services.sent()).isEqualTo(1);
      }
    }
    assertThatThrownBy(
            () ->
                connection.prepareStatement(
                    "UPDATE \"handinger\".\"tasks\" SET \"title\" = ? WHERE \"id\" = ?"))
        .isInstanceOf(SQLFeatureNotSupportedException.class);
  }

  @Test
  void readsRunsPageByPageAndOneByItsKey() throws SQLException {
    String sql = "SELECT * FROM \"rightbrain\".\"task_runs\"";
    String id = "";
    try (PreparedStatement grid = connection.prepareStatement(sql);
        ResultSet rows = grid.executeQuery()) {
      for (int count = 0; count < 40 && rows.next(); count++) {
        id = rows.getString("id");
        cells(rows);
      }
    }
    assertThat(services.sent()).as("a page is a hundred").isEqualTo(1);
    try (PreparedStatement key =
        connection.prepareStatement(sql + " WHERE \"rightbrain\".\"task_runs\".\"id\" = ?")) {
      key.setString(1, id);
      assertThat(Services.rows(key.executeQuery())).singleElement().asString().startsWith(id);
    }
    assertThat(services.sent()).isEqualTo(1);
  }
}
