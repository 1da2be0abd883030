package dev.turntable.engine;

import java.sql.JDBCType;
import org.jspecify.annotations.Nullable;

/**
 * A column of a result, or a parameter, as JDBC describes it.
 *
 * @param label the name to show
 * @param name the name of the column it comes from, else the label
 * @param table the table it comes from, or null if it is computed
 * @param schema the schema of that table, or null
 * @param type the SQL type
 * @param typeName its name without parameters, for example {@code VARCHAR}
 * @param precision digits or characters; greater than 0 for types that have it, else 0
 * @param scale digits after the point
 * @param nullable whether null may occur
 * @param writable whether an INSERT may give the column
 */
public record ColumnInfo(
    String label,
    String name,
    @Nullable String table,
    @Nullable String schema,
    JDBCType type,
    String typeName,
    int precision,
    int scale,
    boolean nullable,
    boolean writable) {}
