package dev.turntable.store.write;

import dev.turntable.source.Column;
import dev.turntable.source.ColumnType;
import dev.turntable.store.file.JsonText;
import dev.turntable.store.file.Micros;
import dev.turntable.store.file.Sql;
import dev.turntable.store.table.RowTable;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes rows of one table, many at a time. */
record RowWriter(Connection connection, RowTable table) {
  /** So many bytes of rows are handed to DuckDB at once. */
  private static final long MOST_STAGED = 2L << 20;

  /** Puts rows in the place of those with the same key, unless those are younger. */
  void write(int account, List<Staged> rows, @Nullable SyncTally tally) throws SQLException {
    table.prepare(connection);
    stage(account, rows);
    if (tally != null) {
      count(tally);
    }
    String updated =
        table.columns().stream()
            .map(column -> ", " + Sql.name(column.name()) + " = s." + Sql.name(column.name()))
            .collect(Collectors.joining());
    String own =
        "_read_at = s._read_at, _place = s._place, _left_out = s._left_out, _listed ="
            + " COALESCE(s._listed, t._listed)";
    Sql.execute(
        connection,
        "MERGE INTO "
            + table.name()
            + " t USING "
            + staging()
            + " s ON t._account = s._account AND t._key = s._key"
            + " WHEN MATCHED AND s._read_at < t._read_at THEN DO NOTHING"
            + " WHEN MATCHED AND s._hash = t._hash AND s._left_out = t._left_out THEN UPDATE SET "
            + own
            + " WHEN MATCHED THEN UPDATE SET "
            + own
            + ", _hash = s._hash"
            + updated
            + " WHEN NOT MATCHED THEN INSERT BY NAME");
    Sql.execute(connection, "DROP TABLE " + staging());
  }

  private void count(SyncTally tally) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet counts =
            statement.executeQuery(
                "SELECT COUNT(*) FILTER (t._key IS NULL), COUNT(*) FILTER (t._hash <> s._hash AND"
                    + " t._left_out = s._left_out AND s._read_at >= t._read_at) FROM "
                    + staging()
                    + " s LEFT JOIN "
                    + table.name()
                    + " t ON t._account = s._account AND t._key = s._key")) {
      if (counts.next()) {
        tally.count(counts.getLong(1), counts.getLong(2));
      }
    }
  }

  /** Part by part, for the text of many rows takes several times their memory. */
  private void stage(int account, List<Staged> rows) throws SQLException {
    String into = "CREATE OR REPLACE TEMP TABLE " + staging() + " AS ";
    int from = 0;
    long bytes = 0;
    for (int i = 0; i < rows.size(); i++) {
      bytes += RowTable.size(rows.get(i).row());
      if (bytes >= MOST_STAGED || i + 1 == rows.size()) {
        try (PreparedStatement statement = connection.prepareStatement(into + staged(account))) {
          statement.setString(1, json(rows.subList(from, i + 1)));
          statement.execute();
        }
        into = "INSERT INTO " + staging() + " ";
        from = i + 1;
        bytes = 0;
      }
    }
  }

  /** A row that is about to be written. */
  record Staged(RowTable.Kept row, Instant readAt, String leftOut, boolean listed) {}

  /** A query of the rows that its parameter has. */
  private String staged(int account) {
    StringBuilder columnsOf = new StringBuilder();
    StringBuilder shape =
        new StringBuilder(
            "[{\"_t\":\"BIGINT\",\"_p\":\"INTEGER\",\"_l\":\"VARCHAR\",\"_k\":\"VARCHAR\",\"_b\":\"BOOLEAN\"");
    StringBuilder hashed = new StringBuilder();
    for (int i = 0; i < table.columns().size(); i++) {
      Column<?> column = table.columns().get(i);
      boolean time = column.type() == ColumnType.TIMESTAMP;
      String field = "c" + i;
      shape
          .append(",\"")
          .append(field)
          .append("\":\"")
          .append(time ? "BIGINT" : RowTable.type(column))
          .append('"');
      columnsOf
          .append(", ")
          .append(time ? "make_timestamp(" + field + ")" : field)
          .append(" AS ")
          .append(Sql.name(column.name()));
      hashed.append(i == 0 ? "" : ", ").append(field);
    }
    shape.append("}]");
    return "SELECT "
        + account
        + " AS _account, make_timestamp(_t) AS _read_at, _p AS _place, _l AS _left_out, hash("
        + hashed
        + ") AS _hash, _k AS _key, CASE WHEN _b THEN make_timestamp(_t) END AS _listed"
        + columnsOf
        + " FROM (SELECT unnest(from_json(?, "
        + Sql.text(shape.toString())
        + "), max_depth := 2))";
  }

  /** Returns the quoted name of the table through which rows come. */
  private String staging() {
    return "temp.main." + Sql.name("new " + table.qualifiedName());
  }

  private String json(List<Staged> rows) {
    StringBuilder out = new StringBuilder("[");
    for (Staged staged : rows) {
      out.append(out.length() == 1 ? "{" : ",{");
      out.append("\"_t\":").append(Micros.of(staged.readAt()));
      out.append(",\"_p\":").append(staged.row().place());
      out.append(",\"_b\":").append(staged.listed());
      out.append(",\"_l\":");
      JsonText.append(out, staged.leftOut());
      out.append(",\"_k\":");
      JsonText.append(out, staged.row().key());
      for (int i = 0; i < table.columns().size(); i++) {
        Object value = staged.row().values().get(i);
        if (value != null) {
          out.append(",\"c").append(i).append("\":");
          append(out, value);
        }
      }
      out.append('}');
    }
    return out.append(']').toString();
  }

  private static void append(StringBuilder out, Object value) {
    if (value instanceof Instant time) {
      out.append(Micros.of(time));
    } else if (value instanceof Number number && !(value instanceof BigDecimal)) {
      out.append(number);
    } else if (value instanceof Boolean flag) {
      out.append(flag.booleanValue());
    } else {
      JsonText.append(out, value.toString());
    }
  }
}
