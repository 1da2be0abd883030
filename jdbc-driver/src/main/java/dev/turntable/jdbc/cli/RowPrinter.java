package dev.turntable.jdbc.cli;

import java.sql.ResultSet;
import java.sql.SQLException;

/** Prints the rows of one result. */
interface RowPrinter {
  /**
   * Prints all rows that are left.
   *
   * @param beforeOutput called once, when the first row is known and nothing is printed yet
   * @return how many
   */
  long print(ResultSet rows, Runnable beforeOutput) throws SQLException;
}
