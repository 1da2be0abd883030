package dev.turntable.plan.pushed;

import dev.turntable.eval.SqlTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.calcite.rel.RelCollation;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.type.RelDataType;

/**
 * The rows of a node, under a name.
 *
 * @param sql what stands after FROM
 * @param alias the name
 * @param type the type of a row
 */
record PushedRows(String sql, String alias, RelDataType type) {
  String column(int i) {
    return alias + ".c" + i;
  }

  int width() {
    return type.getFieldCount();
  }

  RelDataType type(int column) {
    return type.getFieldList().get(column).getType();
  }

  List<String> all() {
    return IntStream.range(0, width()).mapToObj(this::column).toList();
  }

  /** Returns values of the rows, as a query. */
  String select(List<String> values) {
    return list(values) + " FROM " + sql;
  }

  /** Returns SELECT and its list. */
  static String list(List<String> values) {
    return values.isEmpty()
        ? "SELECT 1 AS c"
        : IntStream.range(0, values.size())
            .mapToObj(i -> values.get(i) + " AS c" + i)
            .collect(Collectors.joining(", ", "SELECT ", ""));
  }

  /** Returns what stands after ORDER BY. Where NULL goes is always said. */
  String order(RelCollation collation, TextOrder texts) {
    List<String> keys = new ArrayList<>();
    for (RelFieldCollation field : collation.getFieldCollations()) {
      RelDataType of = type(field.getFieldIndex());
      PushedTypes.name(of);
      boolean descending = field.getDirection().isDescending();
      boolean nullsFirst =
          switch (field.nullDirection) {
            case FIRST -> true;
            case LAST -> false;
            case UNSPECIFIED -> descending;
          };
      keys.add(
          (SqlTypes.isText(of)
                  ? texts.key(column(field.getFieldIndex()))
                  : column(field.getFieldIndex()))
              + (descending ? " DESC" : " ASC")
              + (nullsFirst ? " NULLS FIRST" : " NULLS LAST"));
    }
    return String.join(", ", keys);
  }
}
