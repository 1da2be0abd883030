package dev.turntable.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.turntable.simulator.handinger.HandingerTask;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** HikariCP: a pool whose connections are asked whether they live, reset, and thrown away. */
class HikariIT {
  private static final String ALWAYS_ASK = "com.zaxxer.hikari.aliveBypassWindowMs";

  private Office office;

  @BeforeEach
  void open() throws IOException {
    office = Office.open();
    System.setProperty(ALWAYS_ASK, "0");
  }

  @AfterEach
  void close() {
    System.clearProperty(ALWAYS_ASK);
    office.close();
  }

  private HikariConfig config() {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(office.url());
    config.setUsername(Office.USER);
    config.setPassword(Office.KEY);
    config.setMaximumPoolSize(1);
    config.setConnectionTimeout(300_000);
    config.setValidationTimeout(100_000);
    return config;
  }

  private static String titleOf(String id, Connection connection) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT title FROM tasks WHERE id = ?")) {
      statement.setString(1, id);
      try (ResultSet rows = statement.executeQuery()) {
        assertThat(rows.next()).isTrue();
        return rows.getString(1);
      }
    }
  }

  @Test
  void aConnectionIsUsedAgainAndAskedOnceInHalfAMinute() throws SQLException {
    HandingerTask task = office.tasks().get(3);
    long begin = System.nanoTime();
    try (HikariDataSource pool = new HikariDataSource(config())) {
      for (int i = 0; i < 3; i++) {
        try (Connection connection = pool.getConnection()) {
          assertThat(titleOf(task.id(), connection)).isEqualTo(task.title());
        }
      }
    }
    long halfMinutes = Duration.ofNanos(System.nanoTime() - begin).toSeconds() / 30;
    List<String> asked = office.asked();
    assertThat(asked)
        .filteredOn(line -> !line.equals(office.ping()))
        .containsExactly(Office.read(task), Office.read(task), Office.read(task));
    assertThat(asked).hasSizeBetween(3 + 1, 3 + 1 + (int) halfMinutes);
  }

  @Test
  void whatAUserChangedIsSetBack() throws SQLException {
    HikariConfig config = config();
    config.setAutoCommit(false);
    config.setSchema("turntable");
    try (HikariDataSource pool = new HikariDataSource(config)) {
      try (Connection connection = pool.getConnection()) {
        assertThat(connection.getAutoCommit()).isFalse();
        assertThat(connection.getSchema()).isEqualTo("turntable");
        connection.setSchema("handinger");
        connection.setReadOnly(true);
        connection.setNetworkTimeout(Runnable::run, 7_000);
        assertThat(titleOf(office.ids().get(0), connection)).isNotEmpty();
      }
      try (Connection connection = pool.getConnection()) {
        assertThat(connection.getSchema()).isEqualTo("turntable");
        assertThat(connection.isReadOnly()).isFalse();
        assertThat(connection.getNetworkTimeout()).isZero();
        pool.evictConnection(connection);
      }
      try (Connection connection = pool.getConnection()) {
        assertThat(connection.isValid(1)).isTrue();
      }
    }
  }

  @Test
  void aWrongKeyIsToldByTheFirstStatement() throws SQLException {
    System.clearProperty(ALWAYS_ASK);
    HikariConfig config = config();
    config.setPassword("hdg_live_wrong");
    try (HikariDataSource pool = new HikariDataSource(config);
        Connection connection = pool.getConnection()) {
      assertThatThrownBy(() -> titleOf(office.ids().get(0), connection))
          .isInstanceOf(SQLInvalidAuthorizationSpecException.class)
          .hasMessageContaining("401")
          .message()
          .doesNotContain("hdg_live_wrong");
    }
  }
}
