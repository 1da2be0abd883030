package dev.turntable.examples.benchmarks;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullUnmarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A whole log: through JDBC, and by a hand-written loop over its pages. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@NullUnmarked // the fields are set up by JMH
public class Scan {
  private Connection connection;
  private PreparedStatement statement;
  private HandWritten api;
  private String worker;

  /** Opens both sides, and sees that they read the same. */
  @Setup
  public void open() throws SQLException, IOException {
    worker = Settings.WORKER.value();
    api = HandWritten.at(Settings.URL.value());
    connection = DriverManager.getConnection(Settings.JDBC_URL.value());
    statement =
        connection.prepareStatement(
            "SELECT id, task_id, created_at, duration_ms, response_status"
                + " FROM webhook_executions WHERE worker_id = ?");
    long sum = turntable();
    if (sum == 0 || sum != other()) {
      throw new IllegalStateException("the sides differ, or there is nothing to read");
    }
  }

  /** Closes both sides. */
  @TearDown
  public void close() throws SQLException {
    connection.close();
  }

  /** Turntable. */
  @Benchmark
  public long turntable() throws SQLException {
    statement.setString(1, worker);
    long sum = 0;
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        sum += row.getString(1).length() + row.getLong(4) + row.getInt(5);
      }
    }
    return sum;
  }

  /** The loop. */
  @Benchmark
  public long other() throws IOException {
    long sum = 0;
    long pages = 1;
    for (long number = 1; number <= pages; number++) {
      HandWritten.EntryPage page = requireNonNull(api.entries(worker, number).execute().body());
      pages = page.pageCount();
      for (HandWritten.Entry entry : page.logs()) {
        long duration = entry.durationMs() == null ? 0 : entry.durationMs();
        int status = entry.responseStatus() == null ? 0 : entry.responseStatus();
        sum += entry.id().length() + duration + status;
      }
    }
    return sum;
  }
}
