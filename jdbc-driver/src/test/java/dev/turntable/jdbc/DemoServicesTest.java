package dev.turntable.jdbc;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turntable.simulator.server.FaultRule;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** A test on the simulated services of the demo, with a connection of its own for each method. */
abstract class DemoServicesTest {
  static final String WORKER = "wrk_weather-desk";
  static final String POINT_READ = "SELECT credits FROM tasks WHERE id = '" + Services.TASK + "'";

  static Services services;
  Connection connection;

  @BeforeAll
  static void start() throws IOException {
    services = Services.demo();
  }

  @AfterAll
  static void stop() {
    services.close();
  }

  @BeforeEach
  void open() throws SQLException {
    connection = connect();
    services.sent();
  }

  /** Opens the connection. */
  Connection connect() throws SQLException {
    return services.connect();
  }

  @AfterEach
  void close() throws SQLException {
    services.simulator.faults(FaultRule.none());
    connection.close();
  }

  final List<String> rows(String sql) throws SQLException {
    return Services.rows(connection, sql);
  }

  final DatabaseMetaData metaData() throws SQLException {
    return connection.getMetaData();
  }

  static void fails(String state, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(SQLException.class)
        .extracting("SQLState")
        .isEqualTo(state);
  }

  static void unsupported(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(SQLFeatureNotSupportedException.class)
        .extracting("SQLState")
        .isEqualTo("0A000");
  }
}
