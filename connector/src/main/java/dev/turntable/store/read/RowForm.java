package dev.turntable.store.read;

import dev.turntable.store.table.StoredRow;
import java.sql.ResultSet;
import java.sql.SQLException;

/** How the rows of a result are read. */
public interface RowForm {
  /** Returns how many values a row has. */
  int width();

  /** Reads the current row. */
  StoredRow read(ResultSet row) throws SQLException;
}
