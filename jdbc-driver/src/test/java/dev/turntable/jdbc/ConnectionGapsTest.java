package dev.turntable.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turntable.simulator.server.Fault;
import dev.turntable.simulator.server.FaultRule;
import java.io.OutputStream;
import java.sql.Blob;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The gaps of connections. */
final class ConnectionGapsTest extends DemoServicesTest {
  @Test
  @DisplayName("getAutoCommit on a new connection")
  void autoCommit() throws SQLException {
    assertThat(connection.getAutoCommit()).isTrue();
    connection.setAutoCommit(false);
    assertThat(connection.getAutoCommit()).isFalse();
  }

  @Test
  @DisplayName("commit and rollback, with and without auto-commit")
  void commitAndRollback() throws SQLException {
    for (boolean auto : new boolean[] {true, false}) {
      connection.setAutoCommit(auto);
      connection.commit();
      connection.rollback();
    }
    assertThat(rows(POINT_READ)).containsExactly("42");
  }

  @Test
  @DisplayName("setTransactionIsolation(READ_COMMITTED) is accepted and not reported")
  void isolation() throws SQLException {
    connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
    assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_NONE);
    assertThat(metaData().supportsTransactionIsolationLevel(Connection.TRANSACTION_READ_COMMITTED))
        .isFalse();
    assertThat(metaData().supportsTransactionIsolationLevel(Connection.TRANSACTION_NONE)).isTrue();
    fails("22023", () -> connection.setTransactionIsolation(99));
  }

  @Test
  @DisplayName("setNetworkTimeout bounds each request, and the connection lives on")
  void networkTimeout() throws SQLException {
    assertThat(connection.getNetworkTimeout()).isZero();
    connection.setNetworkTimeout(Runnable::run, 100);
    assertThat(connection.getNetworkTimeout()).isEqualTo(100);
    services.simulator.faults(FaultRule.always(Fault.hangBeforeHeaders(Duration.ofSeconds(60))));
    Properties once = new Properties();
    once.setProperty("maxRetries", "0");
    try (Connection impatient = services.connect(once)) {
      impatient.setNetworkTimeout(null, 100);
      assertThatThrownBy(() -> Services.rows(impatient, POINT_READ))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("GET /api/tasks/" + Services.TASK)
          .extracting("SQLState")
          .isEqualTo("08006");
      services.simulator.faults(FaultRule.none());
      impatient.setNetworkTimeout(null, 0);
      assertThat(Services.rows(impatient, POINT_READ)).containsExactly("42");
    }
    fails("22023", () -> connection.setNetworkTimeout(null, -1));
  }

  @Test
  @DisplayName("setClientInfo keeps what it is given")
  void clientInfo() throws SQLException {
    connection.setClientInfo("ApplicationName", "a tool");
    assertThat(connection.getClientInfo("ApplicationName")).isEqualTo("a tool");
    Properties all = new Properties();
    all.setProperty("ClientUser", "somebody");
    connection.setClientInfo(all);
    assertThat(connection.getClientInfo()).containsEntry("ClientUser", "somebody");
  }

  @Test
  @DisplayName("nativeSQL, getTypeMap, createClob, createNClob, createArrayOf")
  void harmless() throws SQLException {
    assertThat(connection.nativeSQL("SELECT {fn UCASE('a')}")).isNotBlank();
    assertThat(connection.getTypeMap()).isEmpty();
    assertThat(connection.createClob().length()).isZero();
    assertThat(connection.createNClob().length()).isZero();
    assertThat(connection.createArrayOf("VARCHAR", new Object[] {"a"}).getArray())
        .isEqualTo(new Object[] {"a"});
  }

  @Test
  @DisplayName("prepareCall, createSQLXML, createStruct, savepoints: 0A000")
  void refused() {
    unsupported(() -> connection.prepareCall("{call x()}"));
    unsupported(() -> connection.createSQLXML());
    unsupported(() -> connection.createStruct("t", new Object[0]));
    unsupported(() -> connection.setSavepoint());
    unsupported(() -> connection.setSavepoint("s"));
    unsupported(() -> connection.releaseSavepoint(null));
    unsupported(() -> connection.rollback(null));
  }

  @Test
  @DisplayName("createBlob gives one to fill, and setBlob binds its bytes as setBytes does")
  void blob() throws Exception {
    Blob blob = connection.createBlob();
    assertThat(blob.length()).isZero();
    assertThat(blob.setBytes(1, "xabc".getBytes(UTF_8), 1, 3)).isEqualTo(3);
    try (OutputStream out = blob.setBinaryStream(4)) {
      out.write("de".getBytes(UTF_8));
    }
    assertThat(blob.getBytes(2, 99)).asString(UTF_8).isEqualTo("bcde");
    assertThat(blob.getBinaryStream(2, 2).readAllBytes()).asString(UTF_8).isEqualTo("bc");
    assertThat(blob.position("de".getBytes(UTF_8), 1)).isEqualTo(4);
    assertThat(blob.position(blob, 2)).isEqualTo(-1);
    blob.truncate(2);
    try (PreparedStatement statement = connection.prepareStatement("VALUES (?)")) {
      statement.setBytes(1, "ab".getBytes(UTF_8));
      String bytes = Services.rows(statement.executeQuery()).get(0);
      statement.setBlob(1, blob);
      assertThat(Services.rows(statement.executeQuery())).containsExactly(bytes);
      statement.setBlob(1, blob.getBinaryStream());
      assertThat(Services.rows(statement.executeQuery())).containsExactly(bytes);
      statement.setObject(1, blob);
      assertThat(Services.rows(statement.executeQuery())).containsExactly(bytes);
    }
    fails("22023", () -> blob.setBytes(9, new byte[1]));
    fails("22023", () -> blob.getBytes(1, -1));
    blob.free();
    assertThat(blob.length()).isZero();
  }

  @Test
  @DisplayName("abort closes, and wants an executor; setClientInfo wants an open connection")
  void abort() throws SQLException {
    fails("22023", () -> connection.abort(null));
    assertThat(connection.isClosed()).isFalse();
    connection.abort(Runnable::run);
    assertThat(connection.isClosed()).isTrue();
    fails("08003", () -> connection.createStatement());
    assertThatThrownBy(() -> connection.setClientInfo("ApplicationName", "a tool"))
        .isInstanceOf(SQLClientInfoException.class)
        .extracting("SQLState")
        .isEqualTo("08003");
    fails("08003", () -> connection.setClientInfo(new Properties()));
  }

  @Test
  @DisplayName("createStatement(TYPE_SCROLL_INSENSITIVE): last, absolute, beforeFirst")
  void scrolls() throws SQLException {
    try (Statement statement =
            connection.createStatement(
                ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY);
        ResultSet rows = statement.executeQuery("VALUES 1, 2, 3")) {
      assertThat(rows.getType()).isEqualTo(ResultSet.TYPE_SCROLL_INSENSITIVE);
      assertThat(rows.last()).isTrue();
      assertThat(rows.getRow()).isEqualTo(3);
      assertThat(rows.absolute(2)).isTrue();
      assertThat(rows.getInt(1)).isEqualTo(2);
      assertThat(rows.previous()).isTrue();
      assertThat(rows.getInt(1)).isEqualTo(1);
      rows.beforeFirst();
      assertThat(rows.isBeforeFirst()).isTrue();
      assertThat(rows.relative(3)).isTrue();
      assertThat(rows.isLast()).isTrue();
    }
  }

  @Test
  @DisplayName(
      "createStatement(SENSITIVE, UPDATABLE) gives less, says so, and reports what it gives")
  void downgraded() throws SQLException {
    try (Statement statement =
            connection.createStatement(
                ResultSet.TYPE_SCROLL_SENSITIVE, ResultSet.CONCUR_UPDATABLE);
        ResultSet rows = statement.executeQuery("VALUES 1")) {
      assertThat(statement.getResultSetType()).isEqualTo(ResultSet.TYPE_SCROLL_INSENSITIVE);
      assertThat(statement.getResultSetConcurrency()).isEqualTo(ResultSet.CONCUR_READ_ONLY);
      assertThat(rows.getConcurrency()).isEqualTo(ResultSet.CONCUR_READ_ONLY);
      SQLWarning warning = connection.getWarnings();
      assertThat((Throwable) warning).hasMessageContaining("cannot be updated");
      assertThat((Throwable) warning.getNextWarning()).hasMessageContaining("insensitive");
    }
  }

  @Test
  @DisplayName("DriverManager with a wrong value or an unknown property: an SQLException names it")
  void wrongProperties() {
    assertThatThrownBy(() -> DriverManager.getConnection("jdbc:turntable:demo:readOnly=perhaps"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("readOnly")
        .extracting("SQLState")
        .isEqualTo("22023");
    assertThatThrownBy(() -> DriverManager.getConnection("jdbc:turntable:demo:lex=MYSQL"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("lex");
  }

  @Test
  @DisplayName("isWrapperFor and unwrap agree")
  void wrappers() throws SQLException {
    assertThat(connection.isWrapperFor(Connection.class)).isTrue();
    assertThat(connection.unwrap(Connection.class)).isSameAs(connection);
    assertThat(connection.isWrapperFor(org.apache.calcite.avatica.AvaticaConnection.class))
        .isFalse();
    fails("22023", () -> connection.unwrap(org.apache.calcite.avatica.AvaticaConnection.class));
    try (PreparedStatement statement = connection.prepareStatement("VALUES 1")) {
      assertThat(statement.isWrapperFor(PreparedStatement.class)).isTrue();
      assertThat(statement.isWrapperFor(String.class)).isFalse();
    }
  }

  @Test
  @DisplayName("setSchema, setReadOnly, setHoldability, getWarnings, setCatalog")
  void settings() throws SQLException {
    connection.setSchema("rightbrain");
    assertThat(connection.getSchema()).isEqualTo("rightbrain");
    assertThat(rows("SELECT COUNT(*) FROM usage_report WHERE 1 = 0")).containsExactly("0");
    connection.setReadOnly(true);
    try (Statement statement = connection.createStatement()) {
      fails("25006", () -> statement.executeUpdate("DELETE FROM handinger.tasks WHERE id = 'x'"));
    }
    connection.setHoldability(ResultSet.CLOSE_CURSORS_AT_COMMIT);
    connection.setCatalog("anything");
    assertThat(connection.getCatalog()).isNull();
    assertThat((Throwable) connection.getWarnings()).isNull();
    assertThat(services.sent()).isZero();
  }
}
