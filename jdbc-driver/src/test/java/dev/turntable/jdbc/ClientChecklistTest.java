package dev.turntable.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turntable.jdbc.value.ParameterValues;
import dev.turntable.simulator.server.Fault;
import dev.turntable.simulator.server.FaultRule;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.Date;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TimeZone;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.calcite.sql.parser.babel.SqlBabelParserImpl;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What breaks most clients of a Calcite driver, in the order of how many it breaks. Number 2, the one
 * relocated jar, is {@link ShadedJarIT}.
 */
class ClientChecklistTest extends DemoServicesTest {
  @Test
  @DisplayName("1 auto-commit is true at first, commit and rollback are harmless")
  void row1() throws SQLException {
    assertThat(connection.getAutoCommit()).isTrue();
    connection.commit();
    connection.rollback();
    connection.setAutoCommit(false);
    assertThat(connection.getAutoCommit()).isFalse();
    connection.commit();
    connection.rollback();
    assertThat(services.sent()).isZero();
  }

  @Test
  @DisplayName("3 double quotes quote identifiers, as reported")
  void row3() throws SQLException {
    assertThat(metaData().getIdentifierQuoteString()).isEqualTo("\"");
    assertThat(
            rows(
                "SELECT \"id\", \"credits\" FROM \"handinger\".\"tasks\" WHERE \"id\" = '"
                    + Services.TASK
                    + "'"))
        .containsExactly(Services.TASK + "|42");
    assertThat(services.sent()).isEqualTo(1);
  }

  @Test
  @DisplayName("4 names are found in any case, and the flags say so")
  void row4() throws SQLException {
    assertThat(
            rows(
                "SELECT Credits, CREDITS, \"CREDITS\" FROM HANDINGER.Tasks WHERE ID = '"
                    + Services.TASK
                    + "'"))
        .containsExactly("42|42|42");
    assertThat(metaData().storesMixedCaseIdentifiers()).isTrue();
    assertThat(metaData().storesUpperCaseIdentifiers()).isFalse();
    assertThat(metaData().storesLowerCaseIdentifiers()).isFalse();
    assertThat(metaData().supportsMixedCaseQuotedIdentifiers()).isTrue();
  }

  @Test
  @DisplayName("5 Unicode in literals, filters and parameters; TYPE_NAME stays bare")
  void row5() throws SQLException {
    assertThat(rows("SELECT '東京', U&'\\6771', 'Köln'")).containsExactly("東京|東|Köln");
    assertThat(rows("SELECT COUNT(*) FROM tasks WHERE title LIKE '%東京%'")).containsExactly("3");
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO tasks (worker_id, input) VALUES (?, '東京の天気')",
            Statement.RETURN_GENERATED_KEYS)) {
      insert.setString(1, WORKER);
      insert.executeUpdate();
    }
    assertThat(services.simulator.requests().get(services.simulator.requests().size() - 1).body())
        .contains("東京の天気");
    try (ResultSet columns = metaData().getColumns(null, null, "tasks", "title")) {
      assertThat(columns.next()).isTrue();
      assertThat(columns.getString("TYPE_NAME")).isEqualTo("VARCHAR");
    }
  }

  @Test
  @DisplayName("6 there are no catalogs, told consistently; catalog arguments mean nothing")
  void row6() throws SQLException {
    assertThat(Services.rows(metaData().getCatalogs())).isEmpty();
    assertThat(connection.getCatalog()).isNull();
    assertThat(
            List.of(
                metaData().supportsCatalogsInDataManipulation(),
                metaData().supportsCatalogsInTableDefinitions(),
                metaData().supportsCatalogsInIndexDefinitions(),
                metaData().supportsCatalogsInPrivilegeDefinitions(),
                metaData().supportsCatalogsInProcedureCalls()))
        .containsOnly(false);
    for (String catalog : new String[] {null, "", "%", "handinger", "nix"}) {
      try (ResultSet tables = metaData().getTables(catalog, "handinger", "tasks", null)) {
        assertThat(tables.next()).isTrue();
        assertThat(tables.getString("TABLE_CAT")).isNull();
      }
      assertThat(Services.rows(metaData().getColumns(catalog, "handinger", "tasks", "%")))
          .hasSize(16);
      assertThat(Services.rows(metaData().getPrimaryKeys(catalog, "handinger", "tasks")))
          .hasSize(1);
    }
    assertThat(services.sent()).isZero();
  }

  @Test
  @DisplayName("7 getColumns: bare type names, sizes, remarks, YES and NO")
  void row7() throws SQLException {
    services.sent();
    try (ResultSet columns = metaData().getColumns(null, "handinger", "%", "%")) {
      while (columns.next()) {
        String column = columns.getString("TABLE_NAME") + "." + columns.getString("COLUMN_NAME");
        assertThat(columns.getString("TYPE_NAME")).as(column).matches("[A-Z]+");
        assertThat(columns.getInt("COLUMN_SIZE")).as(column).isPositive();
        assertThat(columns.getString("REMARKS")).as(column).isNotBlank();
        assertThat(columns.getString("IS_AUTOINCREMENT")).as(column).isEqualTo("NO");
        assertThat(columns.getString("IS_GENERATEDCOLUMN")).as(column).isEqualTo("NO");
        assertThat(columns.getString("IS_NULLABLE")).as(column).isIn("YES", "NO");
        boolean text = columns.getInt("DATA_TYPE") == Types.VARCHAR;
        assertThat(columns.getInt("CHAR_OCTET_LENGTH") > 0).as(column).isEqualTo(text);
      }
    }
    try (ResultSet columns =
        metaData().getColumns(null, "rightbrain", "task_runs", "charged_credits")) {
      assertThat(columns.next()).isTrue();
      assertThat(columns.getString("TYPE_NAME")).isEqualTo("DECIMAL");
      assertThat(columns.getInt("COLUMN_SIZE")).isEqualTo(18);
      assertThat(columns.getInt("DECIMAL_DIGITS")).isEqualTo(6);
      assertThat(columns.getInt("NUM_PREC_RADIX")).isEqualTo(10);
    }
    assertThat(services.sent()).isZero();
  }

  @Test
  @DisplayName("8 getObject with every class of JDBC and java.time")
  void row8() throws SQLException {
    String sql =
        "SELECT credits, created_at, CAST(created_at AS DATE), CAST(created_at AS TIME), title"
            + " FROM tasks WHERE id = '"
            + Services.TASK
            + "'";
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getObject(1, String.class)).isEqualTo("42");
      assertThat(rows.getObject(1, Integer.class)).isEqualTo(42);
      assertThat(rows.getObject(1, Long.class)).isEqualTo(42L);
      assertThat(rows.getObject(1, Short.class)).isEqualTo((short) 42);
      assertThat(rows.getObject(1, Double.class)).isEqualTo(42.0);
      assertThat(rows.getObject(1, BigDecimal.class)).isEqualByComparingTo("42");
      assertThat(rows.getObject(1, Boolean.class)).isTrue();
      assertThat(rows.getObject(1, Object.class)).isEqualTo(42L);
      LocalDateTime created = rows.getObject(2, LocalDateTime.class);
      assertThat(rows.getObject(2, Instant.class)).isEqualTo(created.toInstant(ZoneOffset.UTC));
      assertThat(rows.getObject(2, OffsetDateTime.class))
          .isEqualTo(created.atOffset(ZoneOffset.UTC));
      assertThat(rows.getObject(2, Timestamp.class)).isEqualTo(Timestamp.valueOf(created));
      assertThat(rows.getObject(2, LocalDate.class)).isEqualTo(created.toLocalDate());
      assertThat(rows.getObject(3, LocalDate.class)).isEqualTo(created.toLocalDate());
      assertThat(rows.getObject(3, Date.class)).isEqualTo(Date.valueOf(created.toLocalDate()));
      assertThat(rows.getObject(4, LocalTime.class)).isEqualTo(created.toLocalTime());
      assertThat(rows.getObject(4, java.sql.Time.class)).isNotNull();
      assertThat(rows.getObject(5, String.class)).isEqualTo("Weather report for Barcelona");
    }
  }

  @Test
  @DisplayName("9 any setter for any type that it can mean")
  void row9() throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT COUNT(*) FROM tasks WHERE created_at >= ? AND credits > ? LIMIT ?")) {
      statement.setObject(1, "2026-07-01");
      statement.setString(2, "40");
      statement.setLong(3, 1);
      String count = Services.rows(statement.executeQuery()).get(0);
      statement.setDate(1, Date.valueOf("2026-07-01"));
      statement.setObject(2, 40.0);
      statement.setObject(3, "1");
      assertThat(Services.rows(statement.executeQuery())).containsExactly(count);
      statement.setObject(1, OffsetDateTime.parse("2026-07-01T00:00:00Z"));
      statement.setBigDecimal(2, new BigDecimal("40"));
      assertThat(Services.rows(statement.executeQuery())).containsExactly(count);
      for (int type : new int[] {Types.CLOB, Types.NULL, Types.VARCHAR, Types.TIMESTAMP}) {
        statement.setNull(1, type);
        assertThat(Services.rows(statement.executeQuery())).containsExactly("0");
      }
    }
  }

  @Test
  @DisplayName("10 primary keys, their index, the best row identifier; results name their table")
  void row10() throws SQLException {
    assertThat(Services.rows(metaData().getPrimaryKeys(null, "handinger", "tasks")))
        .containsExactly("null|handinger|tasks|id|1|tasks_pk");
    assertThat(Services.rows(metaData().getIndexInfo(null, "handinger", "tasks", true, true)))
        .containsExactly("null|handinger|tasks|false|null|tasks_pk|3|1|id|null|0|0|null");
    assertThat(
            Services.rows(
                metaData()
                    .getBestRowIdentifier(
                        null, "handinger", "tasks", DatabaseMetaData.bestRowSession, true)))
        .singleElement()
        .asString()
        .contains("|id|12|VARCHAR|");
    try (PreparedStatement statement = connection.prepareStatement("SELECT id, 1 FROM tasks t")) {
      ResultSetMetaData columns = statement.getMetaData();
      assertThat(columns.getTableName(1)).isEqualTo("tasks");
      assertThat(columns.getSchemaName(1)).isEqualTo("handinger");
      assertThat(columns.getTableName(2)).isEmpty();
      assertThat(columns.getSchemaName(2)).isEmpty();
    }
    assertThat(services.sent()).isZero();
    assertThat(Services.rows(metaData().getPrimaryKeys(null, null, "turns"))).hasSize(1);
    assertThat(services.sent())
        .as("any schema may be the one whose tables are loaded")
        .isEqualTo(1);
  }

  @Test
  @DisplayName("11 UPDATE is refused cleanly, DELETE by a prepared key counts right")
  void row11() throws SQLException {
    assertThatThrownBy(() -> connection.prepareStatement("UPDATE tasks SET title = ? WHERE id = ?"))
        .isInstanceOf(SQLFeatureNotSupportedException.class)
        .extracting("SQLState")
        .isEqualTo("0A000");
    String id;
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO tasks (worker_id, input) VALUES (?, ?)", new String[] {"id"})) {
      insert.setString(1, WORKER);
      insert.setString(2, "Say hello");
      assertThat(insert.executeUpdate()).isEqualTo(1);
      id = Services.rows(insert.getGeneratedKeys()).get(0);
    }
    services.sent();
    try (PreparedStatement delete = connection.prepareStatement("DELETE FROM tasks WHERE id = ?")) {
      delete.setString(1, id);
      assertThat(delete.executeUpdate()).isEqualTo(1);
      assertThat(services.sent()).isEqualTo(1);
      delete.setString(1, "tsk_of_nobody");
      assertThat(delete.executeUpdate()).isZero();
    }
  }

  @Test
  @DisplayName("12 cancel wakes a waiting request, the time-out holds, the statement lives on")
  void row12() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.cancel();
      assertThat(Services.rows(statement.executeQuery(POINT_READ))).containsExactly("42");
      assertThat(services.cancelled(statement, POINT_READ).getSQLState()).isEqualTo("57014");
      services.simulator.faults(FaultRule.always(Fault.hangBeforeHeaders(Duration.ofSeconds(60))));
      statement.setQueryTimeout(1);
      assertThatThrownBy(() -> Services.rows(statement.executeQuery(POINT_READ)))
          .isInstanceOf(SQLTimeoutException.class)
          .extracting("SQLState")
          .isEqualTo("HYT00");
      services.simulator.faults(FaultRule.none());
      statement.setQueryTimeout(0);
      assertThat(Services.rows(statement.executeQuery(POINT_READ))).containsExactly("42");
    }
  }

  @Test
  @DisplayName("13 setMaxRows costs the requests of a LIMIT, and so does a larger one again")
  void row13() throws SQLException {
    List<String> known = services.simulator.handinger().taskIds();
    Properties properties = new Properties();
    properties.setProperty("handinger.taskIds", String.join(",", known));
    try (Connection withIds = services.connect(properties);
        Statement statement = withIds.createStatement()) {
      for (int limit : new int[] {3, 6}) {
        assertThat(Services.rows(withIds, "SELECT * FROM tasks LIMIT " + limit)).hasSize(limit);
        assertThat(services.sent()).isEqualTo(limit);
        statement.setMaxRows(limit);
        statement.setFetchSize(limit);
        assertThat(Services.rows(statement.executeQuery("SELECT * FROM tasks"))).hasSize(limit);
        assertThat(services.sent()).isEqualTo(limit);
      }
      statement.setMaxRows(0);
      Services.rows(statement.executeQuery("SELECT * FROM tasks"));
      assertThat(services.sent()).isEqualTo(known.size());
    }
  }

  @Test
  @DisplayName("14 only SQLExceptions, with a state and the reason on top")
  void row14() {
    assertThatThrownBy(() -> rows("SELECT nix FROM tasks"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("Column 'nix' not found")
        .extracting("SQLState")
        .isEqualTo("42703");
    assertThatThrownBy(
            () ->
                rows("SELECT CAST(title AS INTEGER) FROM tasks WHERE id = '" + Services.TASK + "'"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("Weather report")
        .extracting("SQLState")
        .isEqualTo("22023");
    assertThatThrownBy(
            () -> DriverManager.getConnection("jdbc:turntable:handinger:maxRetries=NOPE;apiKey=k"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("maxRetries")
        .extracting("SQLState")
        .isEqualTo("22023");
    services.simulator.faults(FaultRule.when(request -> true, Fault.status(401)));
    assertThatThrownBy(() -> rows("SELECT * FROM tasks WHERE id = '" + Services.TASK + "'"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("GET /api/tasks/" + Services.TASK)
        .extracting("SQLState")
        .isEqualTo("28000");
  }

  @Test
  @DisplayName("15 GROUP BY ordinal and alias, trailing semicolon, LIMIT 2,3, common functions")
  void row15() throws SQLException {
    // More in SqlLeniencyTest.
    assertThat(
            rows(
                "SELECT status AS s, COUNT(*) FROM tasks WHERE status <> 'completed' GROUP BY 1"
                    + " HAVING (COUNT(1) > 3) ORDER BY 2 DESC, s LIMIT 0, 2;"))
        .containsExactly("error|6", "aborted|4");
    assertThat(rows("SELECT status AS s FROM tasks GROUP BY s ORDER BY s LIMIT 1"))
        .containsExactly("aborted");
    assertThat(rows("SELECT CONCAT('a', IFNULL(NULL, 'b'))")).containsExactly("ab");
  }

  @Test
  @DisplayName("16 our columns need no quotes, each keyword that is listed does")
  void row16() throws SQLException {
    try (ResultSet columns = metaData().getColumns(null, null, "%", "%")) {
      while (columns.next()) {
        String schema = columns.getString("TABLE_SCHEM");
        if (!schema.equals("rightbrain_runs")) {
          String column = columns.getString("COLUMN_NAME");
          String sql =
              ("SELECT MAX(t.%1$s) AS x, %1$s AS %1$s FROM %2$s.%3$s AS t WHERE %1$s IS NOT NULL"
                      + " GROUP BY %1$s ORDER BY %1$s")
                  .formatted(column, schema, columns.getString("TABLE_NAME"));
          assertThatCode(() -> connection.prepareStatement(sql).close())
              .as(sql)
              .doesNotThrowAnyException();
        }
      }
    }
    Set<String> listed = Set.of(metaData().getSQLKeywords().split(",", -1));
    Set<String> known =
        SqlBabelParserImpl.FACTORY
            .getParser(new StringReader(""))
            .getMetadata()
            .getTokens()
            .stream()
            .filter(token -> token.matches("[A-Z][A-Z_]*"))
            .collect(Collectors.toSet());
    assertThat(known).containsAll(listed);
    for (String word : known) {
      String quoted = '"' + word.toLowerCase(Locale.ROOT) + '"';
      assertThat(answer("SELECT %1$s FROM (SELECT 1 AS %1$s) AS t".formatted(quoted)))
          .as(word)
          .isEqualTo("1");
      String bare =
          "SELECT %1$s FROM (SELECT 1 AS %2$s) AS t WHERE %1$s IS NOT NULL AND 1 = %1$s ORDER BY %1$s"
              .formatted(word.toLowerCase(Locale.ROOT), quoted);
      assertThat(answer(bare).equals("1")).as(bare).isNotEqualTo(listed.contains(word));
    }
  }

  private String answer(String sql) {
    try {
      return String.join(" ", rows(sql));
    } catch (SQLException e) {
      return e.getSQLState();
    }
  }

  @Test
  @DisplayName("17 methods that may do nothing do not throw")
  void row17() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.setPoolable(true);
      statement.setCursorName("c");
    }
    assertThat(connection.nativeSQL("SELECT 1")).isEqualTo("SELECT 1");
    assertThat(connection.getTypeMap()).isEmpty();
    connection.setClientInfo("ApplicationName", "test");
    assertThat(connection.getClientInfo("ApplicationName")).isEqualTo("test");
    assertThat(connection.createClob().length()).isZero();
    for (int type : new int[] {ResultSet.TYPE_FORWARD_ONLY, ResultSet.TYPE_SCROLL_INSENSITIVE}) {
      assertThat(
              List.of(
                  metaData().ownUpdatesAreVisible(type),
                  metaData().ownDeletesAreVisible(type),
                  metaData().ownInsertsAreVisible(type),
                  metaData().othersUpdatesAreVisible(type),
                  metaData().othersDeletesAreVisible(type),
                  metaData().othersInsertsAreVisible(type),
                  metaData().updatesAreDetected(type),
                  metaData().deletesAreDetected(type),
                  metaData().insertsAreDetected(type)))
          .containsOnly(false);
    }
    assertThat(metaData().supportsResultSetHoldability(ResultSet.HOLD_CURSORS_OVER_COMMIT))
        .isTrue();
    assertThatThrownBy(() -> connection.createSQLXML())
        .isInstanceOf(SQLFeatureNotSupportedException.class);
    connection.abort(Runnable::run);
    assertThat(connection.isClosed()).isTrue();
  }

  @Test
  @DisplayName("18 getTypeInfo is short and holds the type of every column")
  void row18() throws SQLException {
    List<String> types =
        Services.rows(metaData().getTypeInfo()).stream().map(row -> row.split("\\|")[0]).toList();
    assertThat(types).hasSizeLessThan(12).doesNotHaveDuplicates();
    try (ResultSet columns = metaData().getColumns(null, null, "%", "%")) {
      while (columns.next()) {
        assertThat(columns.getString("TYPE_NAME")).isIn(types);
      }
    }
    try (ResultSet info = metaData().getTypeInfo()) {
      while (info.next()) {
        String prefix = info.getString("LITERAL_PREFIX");
        if (prefix != null) {
          String text =
              switch (info.getString("TYPE_NAME")) {
                case "DATE" -> "2024-01-02";
                case "TIME" -> "03:04:05";
                default -> "2024-01-02 03:04:05";
              };
          assertThat(rows("SELECT " + prefix + text + info.getString("LITERAL_SUFFIX")))
              .containsExactly(text);
        }
      }
    }
  }

  @Test
  @DisplayName("19 columns of results are described completely and honestly")
  void row19() throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT t.id, t.credits, t.created_at, t.input, r.charged_credits, r.is_error,"
                + " CAST(t.created_at AS DATE), COUNT(*) AS n, AVG(t.credits)"
                + " FROM tasks t, rightbrain.task_runs r GROUP BY 1, 2, 3, 4, 5, 6, 7")) {
      ResultSetMetaData columns = statement.getMetaData();
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        String column = columns.getColumnLabel(i);
        assertThat(columns.isSearchable(i)).as(column).isTrue();
        assertThat(columns.getPrecision(i)).as(column).isPositive();
        assertThat(columns.getColumnDisplaySize(i)).as(column).isPositive();
        assertThat(columns.isReadOnly(i)).as(column).isNotEqualTo(columns.isWritable(i));
        assertThat(columns.isSigned(i)).as(column).isEqualTo(List.of(2, 5, 8, 9).contains(i));
        assertThat(columns.isCurrency(i) || columns.isAutoIncrement(i)).as(column).isFalse();
      }
      assertThat(
              Stream.of(1, 2, 3, 5, 6, 7, 9)
                  .map(
                      i -> {
                        try {
                          return columns.getColumnTypeName(i) + " " + columns.getColumnClassName(i);
                        } catch (SQLException e) {
                          throw new IllegalStateException(e);
                        }
                      }))
          .containsExactly(
              "VARCHAR java.lang.String",
              "BIGINT java.lang.Long",
              "TIMESTAMP java.sql.Timestamp",
              "DECIMAL java.math.BigDecimal",
              "BOOLEAN java.lang.Boolean",
              "DATE java.sql.Date",
              "DOUBLE java.lang.Double");
      assertThat(columns.getPrecision(5)).isEqualTo(18);
      assertThat(columns.getScale(5)).isEqualTo(6);
      assertThat(columns.isWritable(4)).as("INSERT may give input").isTrue();
      assertThat(columns.isWritable(2)).as("the service sets credits").isFalse();
    }
    assertThat(services.sent()).isZero();
  }

  @Test
  @DisplayName("20 generated keys by flag, names and positions; none is an empty result")
  void row20() throws SQLException {
    assertThat(metaData().supportsGetGeneratedKeys()).isTrue();
    String sql = "INSERT INTO tasks (worker_id, input) VALUES ('" + WORKER + "', 'Say hello')";
    String key = "tsk_[A-Za-z0-9_-]{22}";
    try (PreparedStatement byFlag =
            connection.prepareStatement(sql, Statement.RETURN_GENERATED_KEYS);
        PreparedStatement byName = connection.prepareStatement(sql, new String[] {"ID"});
        PreparedStatement byPosition = connection.prepareStatement(sql, new int[] {1})) {
      for (PreparedStatement insert : List.of(byFlag, byName, byPosition)) {
        assertThat(insert.executeUpdate()).isEqualTo(1);
        try (ResultSet keys = insert.getGeneratedKeys()) {
          assertThat(keys.getMetaData().getColumnLabel(1)).isEqualTo("id");
          assertThat(Services.rows(keys)).singleElement().asString().matches(key);
        }
      }
    }
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql, Statement.RETURN_GENERATED_KEYS);
      assertThat(Services.rows(statement.getGeneratedKeys())).hasSize(1);
      statement.execute(sql, new String[] {"id"});
      assertThat(Services.rows(statement.getGeneratedKeys())).hasSize(1);
      statement.executeUpdate(sql);
      assertThat(Services.rows(statement.getGeneratedKeys())).isEmpty();
      statement.executeQuery("SELECT 1");
      assertThat(Services.rows(statement.getGeneratedKeys())).isEmpty();
    }
  }

  @Test
  @DisplayName("21 read-only is true only where it was asked for; there are no transactions")
  void row21() throws SQLException {
    assertThat(connection.isReadOnly()).isFalse();
    assertThat(metaData().isReadOnly()).isFalse();
    assertThat(metaData().supportsTransactions()).isFalse();
    assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_NONE);
    connection.setReadOnly(true);
    assertThat(connection.isReadOnly()).isTrue();
    try (Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.executeUpdate("DELETE FROM tasks WHERE id = 'x'"))
          .extracting("SQLState")
          .isEqualTo("25006");
    }
    assertThat(services.sent()).isZero();
  }

  @Test
  @DisplayName("22 a timestamp shows the same wall clock everywhere, and is an instant of UTC")
  void row22() throws SQLException {
    TimeZone before = TimeZone.getDefault();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT TIMESTAMP '2024-01-02 00:00:00'")) {
      assertThat(rows.next()).isTrue();
      for (String zone :
          new String[] {"UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu"}) {
        TimeZone.setDefault(TimeZone.getTimeZone(zone));
        assertThat(rows.getString(1)).as(zone).isEqualTo("2024-01-02 00:00:00");
        assertThat(rows.getTimestamp(1)).as(zone).hasToString("2024-01-02 00:00:00.0");
        assertThat(rows.getObject(1)).as(zone).hasToString("2024-01-02 00:00:00.0");
        assertThat(rows.getObject(1, Instant.class)).isEqualTo("2024-01-02T00:00:00Z");
      }
    } finally {
      TimeZone.setDefault(before);
    }
  }

  @Test
  @DisplayName("23 text as stream, CLOB, NString and bytes, in and out")
  void row23() throws Exception {
    try (PreparedStatement statement = connection.prepareStatement("SELECT ?, ?, ?, ?")) {
      statement.setCharacterStream(1, new java.io.StringReader("Köln"));
      statement.setClob(2, new java.io.StringReader("Köln"), 2);
      statement.setNString(3, "Köln");
      statement.setBytes(4, "Köln".getBytes(StandardCharsets.UTF_8));
      try (ResultSet rows = statement.executeQuery()) {
        assertThat(rows.next()).isTrue();
        assertThat(ParameterValues.text(rows.getCharacterStream(1), 9)).isEqualTo("Köln");
        assertThat(rows.getClob(1).getSubString(1, 4)).isEqualTo("Köln");
        assertThat(rows.getNString(1)).isEqualTo("Köln");
        assertThat(rows.getNClob(1).length()).isEqualTo(4);
        assertThat(rows.getBytes(1)).isEqualTo("Köln".getBytes(StandardCharsets.UTF_8));
        assertThat(rows.getAsciiStream(1))
            .hasBinaryContent("Köln".getBytes(StandardCharsets.UTF_8));
        assertThat(rows.getBinaryStream(1))
            .hasBinaryContent("Köln".getBytes(StandardCharsets.UTF_8));
        assertThat(rows.getString(2)).isEqualTo("Kö");
        assertThat(rows.getString(3)).isEqualTo("Köln");
        assertThat(rows.getString(4)).isEqualTo("Köln");
      }
    }
  }

  @Test
  @DisplayName("24 the driver's properties: names that count, choices, defaults, descriptions")
  void row24() throws SQLException {
    Driver driver = DriverManager.getDriver("jdbc:turntable:handinger");
    DriverPropertyInfo[] infos =
        driver.getPropertyInfo("jdbc:turntable:handinger:maxRetries=2", new Properties());
    assertThat(Arrays.stream(infos).map(info -> info.name))
        .contains("apiKey", "baseUrl", "taskIds", "workerIds", "readOnly", "maxRequests")
        .doesNotHaveDuplicates();
    Properties all = new Properties();
    for (DriverPropertyInfo info : infos) {
      assertThat(info.description).as(info.name).isNotBlank();
      if (info.value != null) {
        all.setProperty(info.name, info.value);
      }
      switch (info.name) {
        case "maxRetries" -> assertThat(info.value).isEqualTo("2");
        case "readOnly" -> assertThat(info.choices).containsExactlyInAnyOrder("true", "false");
        default -> assertThat(info.required).as(info.name).isFalse();
      }
    }
    all.setProperty("apiKey", "k");
    try (Connection configured = DriverManager.getConnection("jdbc:turntable:handinger", all)) {
      assertThat((Throwable) configured.getWarnings()).as("what is offered is accepted").isNull();
    }
  }
}
