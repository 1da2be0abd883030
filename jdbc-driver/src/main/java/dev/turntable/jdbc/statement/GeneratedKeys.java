package dev.turntable.jdbc.statement;

import dev.turntable.engine.ColumnInfo;
import dev.turntable.engine.UpdateResult;
import dev.turntable.jdbc.result.Columns;
import dev.turntable.jdbc.result.TurntableResultSet;
import java.sql.JDBCType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The generated keys of the last write as a result. */
final class GeneratedKeys {
  private static final List<ColumnInfo> NONE =
      List.of(Columns.of("GENERATED_KEYS", JDBCType.VARCHAR));

  private GeneratedKeys() {}

  static TurntableResultSet of(@Nullable UpdateResult result, KeyRequest request) {
    if (result == null || result.keyNames().isEmpty()) {
      return TurntableResultSet.ofRows(NONE, List.of());
    }
    if (!result.returned().isEmpty()) {
      return TurntableResultSet.ofRows(
          result.returned(), result.keys().stream().map(List::toArray).toList());
    }
    List<Integer> positions = positions(result.keyNames(), request.names());
    List<ColumnInfo> columns = new ArrayList<>();
    for (int position : positions) {
      columns.add(Columns.of(result.keyNames().get(position), type(result, position)));
    }
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (List<@Nullable Object> key : result.keys()) {
      rows.add(positions.stream().map(key::get).toArray());
    }
    return TurntableResultSet.ofRows(columns, rows);
  }

  /** Returns the columns asked for, as far as they are keys; all if none of them is. */
  private static List<Integer> positions(List<String> names, List<String> wanted) {
    List<String> lower = names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    List<Integer> asked =
        wanted.stream()
            .map(name -> lower.indexOf(name.toLowerCase(Locale.ROOT)))
            .filter(position -> position >= 0)
            .toList();
    if (!asked.isEmpty()) {
      return asked;
    }
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      all.add(i);
    }
    return all;
  }

  private static JDBCType type(UpdateResult result, int position) {
    for (List<@Nullable Object> key : result.keys()) {
      Object value = key.get(position);
      if (value instanceof Long) {
        return JDBCType.BIGINT;
      }
      if (value instanceof Integer) {
        return JDBCType.INTEGER;
      }
      if (value != null) {
        return JDBCType.VARCHAR;
      }
    }
    return JDBCType.VARCHAR;
  }
}
