package dev.turntable.jdbc.cli.print;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The texts of a result, for formats that people read. */
final class Cells {
  private final ResultSet rows;
  private final String nullText;
  private final List<String> labels = new ArrayList<>();
  private final List<Integer> types = new ArrayList<>();

  Cells(ResultSet rows, PrintSettings settings) throws SQLException {
    this.rows = rows;
    this.nullText = settings.nullText("NULL");
    ResultSetMetaData columns = rows.getMetaData();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      labels.add(CellText.visible(columns.getColumnLabel(i)));
      types.add(columns.getColumnType(i));
    }
  }

  List<String> labels() {
    return labels;
  }

  int type(int column) {
    return types.get(column);
  }

  /** Returns the texts of the current row as they are. */
  List<String> row() throws SQLException {
    List<String> cells = new ArrayList<>(labels.size());
    for (int i = 1; i <= labels.size(); i++) {
      String text = rows.getString(i);
      cells.add(text == null ? nullText : text);
    }
    return cells;
  }
}
