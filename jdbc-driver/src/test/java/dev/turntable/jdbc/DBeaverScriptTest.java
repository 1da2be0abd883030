package dev.turntable.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turntable.simulator.Fault;
import dev.turntable.simulator.FaultRule;
import dev.turntable.simulator.SimulatorOptions;
import java.io.IOException;
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
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The calls of DBeaver's generic driver, as its source makes them, and what they cost in requests. */
final class DBeaverScriptTest {
  private static Services services;
  private Connection connection;

  @BeforeAll
  static void start() throws IOException {
    services = Services.of(SimulatorOptions.builder().tasks(450).workers(2).build());
  }

  @AfterAll
  static void stop() {
    services.close();
  }

  @BeforeEach
  void open() throws SQLException {
    connection = services.knowing();
    services.sent();
  }

  @AfterEach
  void close() throws SQLException {
    services.simulator.faults(FaultRule.none());
    connection.close();
  }

  private static List<String> column(ResultSet rows, String name) throws SQLException {
    List<String> values = new ArrayList<>();
    try (rows) {
      while (rows.next()) {
        values.add(rows.getString(name));
      }
    }
    return values;
  }

  @Test
  void connectsAndPings() throws SQLException {
    DatabaseMetaData data = connection.getMetaData();
    connection.setReadOnly(false);
    connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
    connection.setAutoCommit(true);
    assertThat(connection.getAutoCommit()).isTrue();
    assertThat(data.getDatabaseProductName()).isEqualTo("Turntable");
    assertThat(data.getDriverName()).contains("Turntable");
    assertThat(data.getDatabaseMajorVersion()).isNotNegative();
    assertThat(data.isReadOnly()).isFalse();
    assertThat(data.getSchemaTerm()).isNotBlank();
    assertThat(data.getProcedureTerm()).isNotNull();
    assertThat(data.getCatalogTerm()).isNotNull();
    assertThat(data.supportsBatchUpdates()).isTrue();
    assertThat(data.supportsTransactions()).isFalse();
    assertThat(data.getIdentifierQuoteString()).isEqualTo("\"");
    assertThat(data.getSQLStateType()).isEqualTo(DatabaseMetaData.sqlStateSQL);
    assertThat(data.supportsSubqueriesInIns() && data.supportsCorrelatedSubqueries()).isTrue();
    assertThat(data.storesMixedCaseIdentifiers()).isTrue();
    assertThat(data.getSearchStringEscape()).isEqualTo("\\");
    assertThat(data.supportsSchemasInDataManipulation()).isTrue();
    assertThat(data.supportsCatalogsInDataManipulation()).isFalse();
    assertThat(data.getExtraNameCharacters()).isNotNull();
    assertThat(data.isCatalogAtStart()).isIn(true, false);
    assertThat(data.getSQLKeywords()).contains("GROUP");
    assertThat(data.getStringFunctions()).contains("UCASE");
    assertThat(services.sent()).isZero();
    assertThat(connection.isValid(10)).isTrue();
    assertThat(services.sent()).as("one request to each service").isEqualTo(2);
    assertThat(connection.isValid(10)).isTrue();
    assertThat(services.sent()).as("again within half a minute").isZero();
  }

  @Test
  void buildsItsTree() throws SQLException {
    DatabaseMetaData data = connection.getMetaData();
    List<String> types = column(data.getTypeInfo(), "TYPE_NAME");
    assertThat(column(data.getCatalogs(), "TABLE_CAT")).isEmpty();
    assertThat(column(data.getSchemas(null, "%"), "TABLE_SCHEM"))
        .contains("handinger", "rightbrain", "turntable");
    assertThat(column(data.getTableTypes(), "TABLE_TYPE")).contains("TABLE");
    for (String schema : List.of("handinger", "rightbrain")) {
      String escaped = schema.replace("_", data.getSearchStringEscape() + "_");
      List<String> tables = column(data.getTables(null, escaped, "%", null), "TABLE_NAME");
      assertThat(tables).contains("tasks");
      try (ResultSet columns = data.getColumns(null, escaped, "%", "%")) {
        while (columns.next()) {
          assertThat(types).contains(columns.getString("TYPE_NAME"));
          assertThat(columns.getInt("COLUMN_SIZE")).isPositive();
          assertThat(columns.getInt("NUM_PREC_RADIX")).isIn(0, 10);
          assertThat(columns.getLong("CHAR_OCTET_LENGTH")).isNotNegative();
        }
      }
      for (String table : tables) {
        Services.rows(data.getPrimaryKeys(null, schema, table));
        Services.rows(data.getIndexInfo(null, schema, table, false, true));
        Services.rows(data.getImportedKeys(null, schema, table));
        Services.rows(data.getExportedKeys(null, schema, table));
      }
    }
    assertThat(Services.rows(data.getProcedures(null, "handinger", "%"))).isEmpty();
    assertThat(services.sent()).isZero();
  }

  @Test
  void showsAGridAndItsNextPage() throws SQLException {
    for (int rows : new int[] {200, 400}) {
      try (Statement statement =
          connection.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY)) {
        statement.setMaxRows(rows);
        statement.setFetchSize(rows);
        assertThat(statement.execute("SELECT * FROM handinger.tasks")).isTrue();
        assertThat(read(statement.getResultSet())).isEqualTo(rows);
      }
      assertThat(services.sent()).as("as LIMIT " + rows).isEqualTo(rows);
    }
    assertThat(Services.rows(connection, "SELECT COUNT(*) FROM handinger.tasks"))
        .containsExactly("" + services.simulator.handinger().taskIds().size());
    assertThat(services.sent()).isEqualTo(services.simulator.handinger().taskIds().size());
  }

  /** Reads cell by cell, with the getter that DBeaver has for each type. */
  private static int read(ResultSet rows) throws SQLException {
    ResultSetMetaData columns = rows.getMetaData();
    int count = 0;
    for (; rows.next(); count++) {
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        Object value =
            switch (columns.getColumnType(i)) {
              case Types.VARCHAR -> rows.getString(i);
              case Types.INTEGER, Types.BIGINT -> rows.getLong(i);
              case Types.DATE -> rows.getDate(i);
              default -> rows.getObject(i);
            };
        assertThat(rows.wasNull()).isIn(true, false);
        assertThat(columns.getColumnLabel(i).equals("id") && value == null).isFalse();
      }
    }
    return count;
  }

  @Test
  void filtersAndOrdersAGrid() throws SQLException {
    String id = services.simulator.handinger().taskIds().get(7);
    try (Statement statement = connection.createStatement()) {
      statement.setMaxRows(200);
      ResultSet rows =
          statement.executeQuery(
              "SELECT x.* FROM handinger.tasks x WHERE x.id = '" + id + "' ORDER BY x.created_at");
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString("id")).isEqualTo(id);
    }
    assertThat(services.sent()).isEqualTo(1);
  }

  @Test
  void editsByKey() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT * FROM handinger.tasks WHERE 1 = 0")) {
      assertThat(rows.getMetaData().getTableName(1)).isEqualTo("tasks");
      assertThat(rows.getMetaData().getSchemaName(1)).isEqualTo("handinger");
    }
    assertThatThrownBy(
            () -> connection.prepareStatement("UPDATE handinger.tasks SET title=? WHERE id=?"))
        .isInstanceOf(SQLFeatureNotSupportedException.class);
    String worker = services.simulator.handinger().workerIds().get(0);
    String id;
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO handinger.tasks (worker_id,\"input\") VALUES (?,?)",
            Statement.RETURN_GENERATED_KEYS)) {
      insert.setString(1, worker);
      insert.setString(2, "Say hello");
      assertThat(insert.executeUpdate()).isEqualTo(1);
      id = Services.rows(insert.getGeneratedKeys()).get(0);
    }
    assertThat(services.sent()).isEqualTo(1);
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM handinger.tasks WHERE id=?")) {
      delete.setString(1, id);
      assertThat(delete.executeUpdate()).isEqualTo(1);
    }
    connection.commit();
    assertThat(services.sent()).isEqualTo(1);
  }

  @Test
  void tellsALostConnectionByItsState() throws SQLException {
    String sql =
        "SELECT * FROM handinger.tasks WHERE id = '"
            + services.simulator.handinger().taskIds().get(0)
            + "'";
    services.simulator.faults((request, ordinal) -> Optional.of(Fault.cutBeforeHeaders()));
    assertThatThrownBy(() -> Services.rows(connection, sql))
        .extracting("SQLState")
        .isEqualTo("08006");
    services.simulator.faults(FaultRule.none());
    assertThat(Services.rows(connection, sql)).hasSize(1);
    connection.close();
    assertThatThrownBy(() -> connection.createStatement())
        .extracting("SQLState")
        .isEqualTo("08003");
  }
}
