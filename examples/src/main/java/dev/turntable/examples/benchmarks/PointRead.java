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

/** One task by its id: through JDBC, and by a hand-written call. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@NullUnmarked // the fields are set up by JMH
public class PointRead {
  private Connection connection;
  private PreparedStatement statement;
  private HandWritten api;
  private String task;

  /** Opens both sides. */
  @Setup
  public void open() throws SQLException {
    task = Settings.TASK.value();
    api = HandWritten.at(Settings.URL.value());
    connection = DriverManager.getConnection(Settings.JDBC_URL.value());
    statement =
        connection.prepareStatement("SELECT id, title, status, credits FROM tasks WHERE id = ?");
  }

  /** Closes both sides. */
  @TearDown
  public void close() throws SQLException {
    connection.close();
  }

  /** Turntable. */
  @Benchmark
  public Object turntable() throws SQLException {
    statement.setString(1, task);
    try (ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getString(1) + row.getString(2) + row.getString(3) + row.getLong(4);
    }
  }

  /** Retrofit. */
  @Benchmark
  public Object other() throws IOException {
    HandWritten.Task row = requireNonNull(api.task(task).execute().body()).task();
    return row.id() + row.title() + row.status() + row.credits();
  }
}
