package dev.turntable.plan;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** DuckDB in memory, told to read SQL as Turntable does. */
final class DuckDb extends JdbcJudge {

  private DuckDb(Connection connection) {
    super(connection);
  }

  static DuckDb open() throws SQLException {
    DuckDb duck = new DuckDb(DriverManager.getConnection("jdbc:duckdb:"));
    // NULL is the largest value, whichever the direction.
    duck.run("SET default_null_order = 'nulls_last_on_asc_first_on_desc'");
    duck.run("SET threads = 1");
    // It swaps the sides of x >= ANY (…), and compares the other way round.
    duck.run("SET disabled_optimizers = 'build_side_probe_side'");
    return duck;
  }

  @Override
  public String name() {
    return "DuckDB";
  }

  @Override
  public TwoSql.Reader reader() {
    return TwoSql.Reader.DUCKDB;
  }

  /**
   * Outer joins on sub-queries; functions of, and comparisons with, what it takes for a NULL without a
   * type, which is an integer; two queries of a set operation whose windows have the same name.
   */
  @Override
  public boolean cannot(SQLException failure) {
    String message = String.valueOf(failure.getMessage());
    return message.contains("Not implemented")
        || message.contains("INTERNAL Error: Failed to bind column reference")
        || message.contains("No function matches")
        || message.contains("Could not convert string")
        || message.contains("value is out of range!")
        || message.contains("Cannot compare values of type")
        // A NULL that it has computed while planning is a whole number.
        || message.contains("Cannot combine types of INTEGER and VARCHAR")
        || message.matches("(?s).*window \".*\" is already defined.*");
  }
}
