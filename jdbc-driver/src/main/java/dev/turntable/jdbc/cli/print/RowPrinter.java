package dev.turntable.jdbc.cli.print;

import java.sql.ResultSet;
import java.sql.SQLException;

/** Prints the rows of one result. */
public interface RowPrinter {
  /**
   * Prints all rows that are left. Ends early where nobody reads any more.
   *
   * @param beforeOutput called once, when the first row is known and nothing is printed yet
   * @return how many
   * @throws SQLException if a row cannot be had; what was printed until then stays
   */
  long print(ResultSet rows, Runnable beforeOutput) throws SQLException;
}
