package dev.turntable.examples.benchmarks;

import java.io.IOException;
import java.sql.Connection;
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

/** The preparation of a statement that was prepared before. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@NullUnmarked // the fields are set up by JMH
public class RepeatedPlanning {
  private Connection turntable;
  private Connection calcite;
  private String sql;

  /** Opens both sides. */
  @Setup
  public void open() throws SQLException, IOException {
    turntable = Opener.open(Settings.JDBC_URL.value());
    calcite = Opener.open(Settings.ROWS.value());
    sql = Statements.pointRead(Settings.TASK.value());
  }

  /** Closes both sides. */
  @TearDown
  public void close() throws SQLException {
    turntable.close();
    calcite.close();
  }

  /** Turntable. */
  @Benchmark
  public void turntable() throws SQLException {
    turntable.prepareStatement(sql).close();
  }

  /** Plain Calcite. */
  @Benchmark
  public void other() throws SQLException {
    calcite.prepareStatement(sql).close();
  }
}
