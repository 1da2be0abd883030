package dev.turntable.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turntable.simulator.SimulatorOptions;
import dev.turntable.simulator.server.Fault;
import dev.turntable.simulator.server.FaultRule;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.sql.Timestamp;
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
    assertThat(data.isCatalogAtStart()).isTrue();
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
    List<String> types = Services.column(data.getTypeInfo(), "TYPE_NAME");
    assertThat(Services.column(data.getCatalogs(), "TABLE_CAT")).isEmpty();
    assertThat(Services.column(data.getSchemas(null, "%"), "TABLE_SCHEM"))
        .contains("handinger", "rightbrain", "turntable");
    assertThat(Services.column(data.getTableTypes(), "TABLE_TYPE")).contains("TABLE");
    for (String schema : List.of("handinger", "rightbrain")) {
      String escaped = schema.replace("_", data.getSearchStringEscape() + "_");
      List<String> tables = Services.column(data.getTables(null, escaped, "%", null), "TABLE_NAME");
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
  void showsAGridAndItsNextPage() throws Exception {
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
    String runs = "SELECT * FROM rightbrain.task_runs";
    for (int rows : new int[] {200, 400}) {
      try (Statement statement = connection.createStatement()) {
        statement.setMaxRows(rows);
        assertThat(statement.execute(runs)).isTrue();
        assertThat(read(statement.getResultSet())).isEqualTo(rows);
      }
      assertThat(services.sent()).as("pages of a hundred").isEqualTo(rows / 100);
      assertThat(Services.rows(connection, runs + " LIMIT " + rows)).hasSize(rows);
      assertThat(services.sent()).isEqualTo(rows / 100);
    }
    assertThat(Services.rows(connection, "SELECT COUNT(*) FROM handinger.tasks"))
        .containsExactly("" + services.simulator.handinger().taskIds().size());
    assertThat(services.sent()).isEqualTo(services.simulator.handinger().taskIds().size());
  }

  /** Reads cell by cell, with the getter that DBeaver has for each type. */
  private static int read(ResultSet rows) throws Exception {
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
        boolean isNull = rows.wasNull();
        assertThat(rows.getString(i) == null).as(columns.getColumnLabel(i)).isEqualTo(isNull);
        if (!isNull) {
          assertThat(value).isInstanceOf(Class.forName(columns.getColumnClassName(i)));
        }
      }
    }
    return count;
  }

  @Test
  void readsCellsByTheirTypes() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT id, credits, created_at, input, CAST(created_at AS DATE)"
                    + " FROM handinger.tasks WHERE id = '"
                    + Services.TASK
                    + "'")) {
      assertThat(row.next()).isTrue();
      assertThat(row.getString(1)).isEqualTo(Services.TASK);
      assertThat(row.getLong(2)).isEqualTo(42);
      assertThat(row.wasNull()).isFalse();
      assertThat(row.getObject(3)).isEqualTo(Timestamp.valueOf("2026-05-11 09:14:22"));
      assertThat(row.getString(4)).isNull();
      assertThat(row.wasNull()).isTrue();
      assertThat(row.getDate(5)).isEqualTo(Date.valueOf("2026-05-11"));
      assertThat(row.next()).isFalse();
    }
    assertThat(services.sent()).isEqualTo(1);
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
    for (String update :
        List.of(
            "UPDATE handinger.tasks SET title=? WHERE id=?",
            "UPDATE rightbrain.tasks SET description=? WHERE id=?")) {
      assertThatThrownBy(() -> connection.prepareStatement(update, Statement.RETURN_GENERATED_KEYS))
          .isInstanceOf(SQLFeatureNotSupportedException.class);
      assertThatThrownBy(() -> connection.prepareStatement(update))
          .as("it tries again without keys, and shows why not")
          .isInstanceOf(SQLFeatureNotSupportedException.class)
          .hasMessageStartingWith("UPDATE is not supported")
          .extracting("SQLState")
          .isEqualTo("0A000");
    }
    assertThat(services.sent()).isZero();
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

  /** DBeaver edits a cell by the table and the name of its column; a name made up here is none. */
  @Test
  void editsNoColumnUnderAnotherName() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT x.id, x.title AS name, x.worker_id AS worker_id, x.credits + 1, COUNT(*)"
                    + " FROM handinger.tasks x WHERE 1 = 0 GROUP BY 1, 2, 3, 4")) {
      ResultSetMetaData columns = rows.getMetaData();
      List<String> edited = new ArrayList<>();
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        assertThat(columns.getColumnName(i)).isEqualTo(columns.getColumnLabel(i));
        assertThat(columns.isReadOnly(i)).isEqualTo(columns.getTableName(i).isEmpty());
        edited.add(columns.getTableName(i) + "." + columns.getColumnName(i));
      }
      assertThat(edited)
          .containsExactly("tasks.id", ".name", "tasks.worker_id", ".x.credits + 1", ".COUNT(*)");
    }
    assertThat(services.sent()).isZero();
  }

  @Test
  void addsARunAndTellsATakenKey() throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO rightbrain.task_runs (task_id,\"input\",reference) VALUES (?,?,?)",
            Statement.RETURN_GENERATED_KEYS)) {
      insert.setString(1, services.simulator.rightbrain().taskIds().get(0));
      insert.setString(2, "{\"text\": \"Merci!\", \"reader\": \"Ada\"}");
      insert.setNull(3, Types.VARCHAR);
      assertThat(insert.executeUpdate()).isEqualTo(1);
      assertThat(Services.column(insert.getGeneratedKeys(), "id")).hasSize(1);
    }
    assertThat(services.simulator.requests())
        .filteredOn(request -> request.method().equals("POST"))
        .hasSize(1);
    assertThatThrownBy(
            () -> connection.prepareStatement("DELETE FROM rightbrain.task_runs WHERE id=?"))
        .isInstanceOf(SQLFeatureNotSupportedException.class);
    services.sent();
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO handinger.tasks (id,\"input\") VALUES (?,?)",
            Statement.RETURN_GENERATED_KEYS)) {
      insert.setString(1, Services.TASK);
      insert.setString(2, "Say hello");
      assertThatThrownBy(insert::executeUpdate).extracting("SQLState").isEqualTo("23505");
    }
    assertThat(services.sent()).as("only looked up").isEqualTo(1);
  }

  @Test
  void cancelsAGridAndGoesOnWithTheStatement() throws SQLException {
    for (String table : List.of("handinger.tasks", "rightbrain.task_runs")) {
      try (Statement statement = connection.createStatement()) {
        statement.setMaxRows(200);
        String sql = "SELECT * FROM " + table;
        assertThat(services.cancelled(statement, sql).getSQLState()).isEqualTo("57014");
        assertThat(services.sent()).isEqualTo(1);
        statement.setMaxRows(1);
        assertThat(Services.column(statement.executeQuery(sql), "id")).hasSize(1);
        assertThat(services.sent()).isEqualTo(1);
      }
    }
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
