package dev.turntable.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.simulator.handinger.HandingerTask;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.apache.commons.dbcp2.BasicDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Apache Commons DBCP: rolls back what comes back, asks before it lends, keeps statements. */
class DbcpIT {
  private Office office;
  private BasicDataSource pool;

  @BeforeEach
  void open() throws IOException {
    office = Office.open();
    pool = new BasicDataSource();
    pool.setUrl(office.url());
    pool.setUsername(Office.USER);
    pool.setPassword(Office.KEY);
    pool.setMaxTotal(1);
    pool.setTestOnBorrow(true);
    pool.setTestOnReturn(true);
    pool.setDefaultAutoCommit(false);
    pool.setDefaultQueryTimeout(Duration.ofMinutes(10));
    pool.setPoolPreparedStatements(true);
  }

  @AfterEach
  void close() throws SQLException {
    pool.close();
    office.close();
  }

  private int credits(HandingerTask task) throws SQLException {
    try (Connection connection = pool.getConnection();
        PreparedStatement statement =
            connection.prepareStatement("SELECT credits FROM tasks WHERE id = ?")) {
      assertThat(connection.getAutoCommit()).isFalse();
      statement.setString(1, task.id());
      try (ResultSet rows = statement.executeQuery()) {
        assertThat(rows.next()).isTrue();
        return rows.getInt(1);
      }
    }
  }

  @Test
  void connectionsAndStatementsAreLentAgain() throws SQLException {
    HandingerTask first = office.tasks().get(1);
    HandingerTask second = office.tasks().get(2);
    long begin = System.nanoTime();
    assertThat(credits(first)).isEqualTo((int) first.credits());
    assertThat(credits(second)).isEqualTo((int) second.credits());
    assertThat(pool.getNumIdle()).isEqualTo(1);
    long halfMinutes = Duration.ofNanos(System.nanoTime() - begin).toSeconds() / 30;
    List<String> asked = office.asked();
    assertThat(asked)
        .filteredOn(line -> !line.equals(office.ping()))
        .containsExactly(Office.read(first), Office.read(second));
    assertThat(asked)
        .as("the pool opens one connection to try, another to lend; each asks once in 30 seconds")
        .hasSizeBetween(2 + 2, 2 + 2 + (int) halfMinutes);
  }

  @Test
  void aWriteIsSentWhenItIsMadeAndNotTakenBack() throws SQLException {
    try (Connection connection = pool.getConnection();
        PreparedStatement statement =
            connection.prepareStatement("INSERT INTO tasks (worker_id, input) VALUES (?, ?)")) {
      office.asked();
      statement.setString(1, Office.WORKER);
      statement.setString(2, "What is the weather in Oslo?");
      assertThat(statement.executeUpdate()).isEqualTo(1);
      assertThat(office.asked()).containsExactly("POST /api/tasks");
      connection.rollback();
    }
    assertThat(office.asked()).allMatch(line -> line.equals(office.ping()));
    assertThat(office.service().runs()).isEqualTo(1);
  }
}
