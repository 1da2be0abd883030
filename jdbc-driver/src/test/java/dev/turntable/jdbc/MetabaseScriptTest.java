package dev.turntable.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.simulator.SimulatorOptions;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The calls of Metabase's JDBC layer, as its source makes them, and what they cost in requests. */
final class MetabaseScriptTest {
  /** The names that Metabase maps to types of its own; what is not among them has no filters. */
  private static final Set<String> KNOWN_TYPES =
      Set.of("VARCHAR", "BOOLEAN", "INTEGER", "BIGINT", "DOUBLE", "DECIMAL", "TIMESTAMP", "DATE");

  private static Services services;
  private static int known;

  private Connection connection;

  @BeforeAll
  static void start() throws IOException {
    services = Services.of(SimulatorOptions.builder().tasks(20).workers(2).build());
    known = services.simulator.handinger().taskIds().size();
  }

  @AfterAll
  static void stop() {
    services.close();
  }

  @BeforeEach
  void open() throws SQLException {
    connection = services.knowing();
    services.sent();
    DatabaseMetaData data = connection.getMetaData();
    int[] levels = {
      Connection.TRANSACTION_READ_UNCOMMITTED,
      Connection.TRANSACTION_READ_COMMITTED,
      Connection.TRANSACTION_REPEATABLE_READ
    };
    for (int level : levels) {
      if (data.supportsTransactionIsolationLevel(level)) {
        connection.setTransactionIsolation(level);
      }
    }
    connection.setReadOnly(true);
    connection.setAutoCommit(true);
    connection.setHoldability(ResultSet.CLOSE_CURSORS_AT_COMMIT);
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  @Test
  void syncsWithoutARequest() throws SQLException {
    DatabaseMetaData data = connection.getMetaData();
    List<String> tables = new ArrayList<>();
    for (String schema : List.of("handinger", "rightbrain")) {
      String[] types = {
        "TABLE",
        "PARTITIONED TABLE",
        "VIEW",
        "FOREIGN TABLE",
        "MATERIALIZED VIEW",
        "EXTERNAL TABLE",
        "DYNAMIC_TABLE"
      };
      try (ResultSet rows = data.getTables(null, schema, "%", types)) {
        while (rows.next()) {
          tables.add("\"" + schema + "\".\"" + rows.getString("TABLE_NAME") + "\"");
          fields(data, schema, rows.getString("TABLE_NAME"));
        }
      }
    }
    assertThat(tables).contains("\"handinger\".\"tasks\"", "\"rightbrain\".\"task_runs\"");
    for (String table : tables) {
      try (Statement probe = statement()) {
        probe.setQueryTimeout(15);
        assertThat(
                Services.rows(
                    probe.executeQuery(
                        "SELECT TRUE AS \"_\" FROM " + table + " WHERE 1 <> 1 LIMIT 0")))
            .as("visible: " + table)
            .isEmpty();
      }
    }
    assertThat(services.sent()).isZero();
  }

  private static void fields(DatabaseMetaData data, String schema, String table)
      throws SQLException {
    try (ResultSet columns = data.getColumns(null, schema, table, null)) {
      while (columns.next()) {
        assertThat(KNOWN_TYPES).contains(columns.getString("TYPE_NAME"));
        assertThat(columns.getString("REMARKS")).isNotBlank();
        assertThat(columns.getInt("NULLABLE")).isBetween(0, 1);
        assertThat(columns.getString("COLUMN_DEF")).isNull();
        assertThat(columns.getString("IS_AUTOINCREMENT")).isEqualTo("NO");
      }
    }
    Services.rows(data.getPrimaryKeys(null, schema, table));
    Services.rows(data.getImportedKeys(null, schema, table));
  }

  private Statement statement() throws SQLException {
    Statement statement =
        connection.createStatement(
            ResultSet.TYPE_FORWARD_ONLY,
            ResultSet.CONCUR_READ_ONLY,
            ResultSet.CLOSE_CURSORS_AT_COMMIT);
    statement.setFetchDirection(ResultSet.FETCH_FORWARD);
    statement.setFetchSize(500);
    return statement;
  }

  @Test
  void readsTimesAsJavaTime() throws SQLException {
    try (Statement statement = statement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT \"handinger\".\"tasks\".\"id\" AS \"id\", \"handinger\".\"tasks\".\"created_at\""
                    + " AS \"created_at\", CAST(\"handinger\".\"tasks\".\"created_at\" AS DATE) AS"
                    + " \"day\" FROM \"handinger\".\"tasks\" LIMIT 2")) {
      while (rows.next()) {
        LocalDateTime created = rows.getObject(2, LocalDateTime.class);
        assertThat(rows.getObject(2, OffsetDateTime.class))
            .isEqualTo(created.atOffset(ZoneOffset.UTC));
        assertThat(rows.getObject(3, LocalDate.class)).isEqualTo(created.toLocalDate());
      }
    }
    assertThat(services.sent()).isEqualTo(2);
  }

  @Test
  void asksAQuestionByStatus() throws SQLException {
    String tasks = "\"handinger\".\"tasks\"";
    String sql =
        "SELECT "
            + tasks
            + ".\"status\" AS \"status\", COUNT(*) AS \"count\", SUM("
            + tasks
            + ".\"credits\") AS \"sum\" FROM "
            + tasks
            + " GROUP BY "
            + tasks
            + ".\"status\" ORDER BY "
            + tasks
            + ".\"status\" ASC";
    try (Statement statement = statement()) {
      statement.setMaxRows(10_000);
      List<String> rows = Services.rows(statement.executeQuery(sql));
      assertThat(rows.stream().mapToInt(row -> Integer.parseInt(row.split("\\|")[1])).sum())
          .isEqualTo(known);
    }
    assertThat(services.sent()).isEqualTo(known);
  }

  @Test
  void asksAQuestionByMonthWithATypedParameter() throws SQLException {
    String sql =
        "SELECT DATE_TRUNC('month', \"handinger\".\"tasks\".\"created_at\") AS \"created_at\","
            + " COUNT(*) AS \"count\" FROM \"handinger\".\"tasks\" WHERE"
            + " \"handinger\".\"tasks\".\"created_at\" >= ? GROUP BY DATE_TRUNC('month',"
            + " \"handinger\".\"tasks\".\"created_at\") ORDER BY DATE_TRUNC('month',"
            + " \"handinger\".\"tasks\".\"created_at\") ASC";
    try (PreparedStatement statement =
        connection.prepareStatement(
            sql,
            ResultSet.TYPE_FORWARD_ONLY,
            ResultSet.CONCUR_READ_ONLY,
            ResultSet.CLOSE_CURSORS_AT_COMMIT)) {
      assertThat(statement.getParameterMetaData().getParameterCount()).isEqualTo(1);
      statement.setObject(1, LocalDateTime.parse("2000-01-01T00:00:00"), Types.TIMESTAMP);
      long counted = 0;
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          assertThat(rows.getObject(1, LocalDateTime.class).getDayOfMonth()).isEqualTo(1);
          counted += rows.getLong(2);
        }
      }
      assertThat(counted).isEqualTo(known);
      statement.setObject(1, LocalDate.parse("2999-01-01"), Types.DATE);
      assertThat(Services.rows(statement.executeQuery())).isEmpty();
    }
  }

  @Test
  void summarizesRunsByTaskAndMonth() throws SQLException {
    String runs = "\"rightbrain\".\"task_runs\"";
    String month = "DATE_TRUNC('month', " + runs + ".\"created\")";
    String name = runs + ".\"task_name\"";
    try (Statement statement = statement()) {
      assertThat(
              Services.rows(
                  statement.executeQuery(
                      ("SELECT %1$s AS \"task_name\", COUNT(*) AS \"count\" FROM %2$s GROUP BY %1$s"
                              + " ORDER BY %1$s ASC LIMIT 2000")
                          .formatted(name, runs))))
          .containsExactly(
              "Task-1|200", "Task-2|200", "Task-3|200", "Task-4|200", "Task-5|200", "Task-6|200");
      assertThat(services.sent()).as("pages of a hundred").isEqualTo(12);
      ResultSet rows =
          statement.executeQuery(
              ("SELECT %1$s AS \"created\", COUNT(*) AS \"count\" FROM %2$s WHERE %3$s = 'Task-1'"
                      + " GROUP BY %1$s ORDER BY %1$s ASC LIMIT 2000")
                  .formatted(month, runs, name));
      long counted = 0;
      LocalDateTime before = LocalDateTime.MIN;
      while (rows.next()) {
        LocalDateTime start = rows.getObject(1, LocalDateTime.class);
        assertThat(start)
            .isAfter(before)
            .isEqualTo(start.toLocalDate().withDayOfMonth(1).atStartOfDay());
        assertThat(rows.getObject(1, OffsetDateTime.class))
            .isEqualTo(start.atOffset(ZoneOffset.UTC));
        before = start;
        counted += rows.getLong(2);
      }
      assertThat(counted).isEqualTo(200);
    }
  }

  @Test
  void opensOneRecord() throws SQLException {
    try (Statement statement = statement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT \"handinger\".\"tasks\".\"created_at\" AS \"created_at\","
                    + " \"handinger\".\"tasks\".\"credits\" AS \"credits\" FROM"
                    + " \"handinger\".\"tasks\" WHERE \"handinger\".\"tasks\".\"id\" = '"
                    + Services.TASK
                    + "' LIMIT 2000")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getObject(1, LocalDateTime.class)).isEqualTo("2026-05-11T09:14:22");
      assertThat(rows.getObject(1, OffsetDateTime.class)).isEqualTo("2026-05-11T09:14:22Z");
      assertThat(rows.getObject(1, LocalDate.class)).isEqualTo("2026-05-11");
      assertThat(rows.getObject(2)).isEqualTo(42L);
      assertThat(rows.next()).isFalse();
    }
    assertThat(services.sent()).isEqualTo(1);
  }

  @Test
  void cancelsAQuestion() throws SQLException {
    try (Statement statement = statement()) {
      statement.setMaxRows(2000);
      String sql = "SELECT \"id\" FROM \"rightbrain\".\"task_runs\" LIMIT 2000";
      assertThat(services.cancelled(statement, sql).getSQLState()).isEqualTo("57014");
      assertThat(services.sent()).isEqualTo(1);
    }
  }

  @Test
  void looksAtAFewRows() throws SQLException {
    try (Statement statement = statement()) {
      statement.setMaxRows(5);
      assertThat(
              Services.rows(
                  statement.executeQuery(
                      "SELECT \"source\".\"id\" AS \"id\" FROM (SELECT * FROM \"handinger\".\"tasks\")"
                          + " AS \"source\" LIMIT 2000")))
          .hasSize(5);
    }
    assertThat(services.sent()).isEqualTo(5);
  }
}
