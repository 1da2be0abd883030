package dev.turntable.engine;

import java.sql.JDBCType;
import org.jspecify.annotations.Nullable;

/**
 * A column of a result, or a parameter, as JDBC describes it.
 *
 * @param label the name to show
 * @param origin the column of a table that it comes from, or null if it is computed
 * @param type the SQL type
 * @param precision digits or characters; greater than 0 for types that have it, else 0
 * @param scale digits after the point
 * @param nullable whether null may occur
 */
public record ColumnInfo(
    String label,
    @Nullable Origin origin,
    JDBCType type,
    int precision,
    int scale,
    boolean nullable) {
  /**
   * A column of a table.
   *
   * @param schema the schema of the table, or null if it is not known
   * @param table the table
   * @param name the column
   * @param writable whether an INSERT may give the column
   */
  public record Origin(@Nullable String schema, String table, String name, boolean writable) {}

  /** Returns the name of the column it comes from, else the label. */
  public String name() {
    return origin == null ? label : origin.name();
  }

  /** Returns the table it comes from, or null if it is computed. */
  public @Nullable String table() {
    return origin == null ? null : origin.table();
  }

  /** Returns the schema of that table, or null. */
  public @Nullable String schema() {
    return origin == null ? null : origin.schema();
  }

  /** Returns whether an INSERT may give the column. */
  public boolean writable() {
    return origin != null && origin.writable();
  }

  /** Returns the name of the type without parameters, for example {@code VARCHAR}. */
  public String typeName() {
    return type.getName();
  }
}
