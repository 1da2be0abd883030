package dev.turntable.plan.cache;

import dev.turntable.engine.ColumnInfo;
import dev.turntable.engine.RowCursor;
import dev.turntable.plan.compile.Plan;
import dev.turntable.plan.statement.QuerySql;
import dev.turntable.plan.statement.RowsSql;
import dev.turntable.plan.type.Parameter;
import dev.turntable.run.PushedCondition;
import dev.turntable.run.ScanNode;
import dev.turntable.source.Column;
import dev.turntable.source.ColumnType;
import dev.turntable.source.StatementScope;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * A query by the plan of its template.
 *
 * @param template the plan
 * @param values what stands in the text of this query
 */
record TemplateQuery(QuerySql template, List<Object> values) implements RowsSql {
  private static final int OWN_SIZE = 1 << 10;

  /** The text and its values. */
  private static final int SIZE_PER_CHARACTER = 4;

  /** Returns the query with these values, or null if they are not of the types that the plan has. */
  static @Nullable TemplateQuery of(QuerySql template, List<Object> values) {
    for (Parameter parameter : template.typedParameters()) {
      if (!fits(values.get(parameter.index()), parameter.type().getSqlTypeName())) {
        return null;
      }
    }
    return new TemplateQuery(template, values);
  }

  private static boolean fits(Object value, SqlTypeName type) {
    return switch (type) {
      case CHAR, VARCHAR -> value instanceof String;
      case BIGINT, DECIMAL -> value instanceof Long;
      case INTEGER -> value instanceof Long number && number.intValue() == number;
      default -> false;
    };
  }

  /**
   * Returns whether knowing the values would make no other plan: it reads one table, so that there is
   * no order of joins to choose, and whatever else than text is compared is compared here.
   */
  static boolean isShareable(QuerySql query) {
    List<ScanNode<?>> scans = new ArrayList<>();
    collect(query.plan(), scans);
    return scans.size() == 1 && isShareable(scans.get(0));
  }

  private static void collect(Plan plan, List<ScanNode<?>> scans) {
    if (plan.node() instanceof ScanNode<?> scan) {
      scans.add(scan);
    }
    plan.inputs().forEach(input -> collect(input, scans));
  }

  private static <T> boolean isShareable(ScanNode<T> scan) {
    for (PushedCondition condition : scan.conditions()) {
      Column<T> column = scan.table().columns().get(condition.column());
      boolean sent =
          scan.table().paths().stream()
              .anyMatch(
                  path ->
                      path.keys().contains(column.name())
                          || path.serves().containsKey(column.name()));
      if (sent && column.type() != ColumnType.VARCHAR) {
        return false;
      }
    }
    return true;
  }

  @Override
  public long size(String sql) {
    return OWN_SIZE + (long) SIZE_PER_CHARACTER * sql.length();
  }

  @Override
  public List<ColumnInfo> columns() {
    return template.columns();
  }

  @Override
  public List<ColumnInfo> parameters() {
    return List.of();
  }

  @Override
  public RowCursor query(
      List<? extends @Nullable Object> parameters, long maxRows, StatementScope scope) {
    return template.query(values, maxRows, scope);
  }
}
