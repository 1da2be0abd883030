package dev.turntable.plan.cache;

import dev.turntable.engine.ColumnInfo;
import dev.turntable.engine.RowCursor;
import dev.turntable.plan.catalog.SchemaTables;
import dev.turntable.plan.compile.NodeFacts;
import dev.turntable.plan.compile.Plan;
import dev.turntable.plan.scan.ScanEstimates;
import dev.turntable.plan.statement.ResultCursor;
import dev.turntable.plan.statement.RowsSql;
import dev.turntable.plan.type.Names;
import dev.turntable.plan.type.SourceColumns;
import dev.turntable.run.BoundKeys;
import dev.turntable.run.Execution;
import dev.turntable.run.LimitNode;
import dev.turntable.run.PushedCondition;
import dev.turntable.run.RowsWanted;
import dev.turntable.run.Scalar;
import dev.turntable.run.ScanNode;
import dev.turntable.run.ScanPredicate;
import dev.turntable.source.AccessPath;
import dev.turntable.source.Column;
import dev.turntable.source.ColumnType;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TableDef;
import dev.turntable.text.SqlStatement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A {@link PlainSelect} that is ready to run, by the same scan that Calcite's planner would come to.
 *
 * @param plan runs it
 * @param columns the columns of the result
 * @param forms turns the values of each into what a driver expects
 */
record PlainQuery(Plan plan, List<ColumnInfo> columns, List<UnaryOperator<@Nullable Object>> forms)
    implements RowsSql {
  private static final int OWN_SIZE = 3 << 10;

  /** The text, its values and what holds them. */
  private static final int SIZE_PER_CHARACTER = 8;

  /**
   * Plans a statement.
   *
   * @param schemas the schemas by name
   * @param defaultSchema the schema of an unqualified table
   * @return null if Calcite is to plan it, be it to find what is wrong with it
   */
  static @Nullable PlainQuery of(
      SqlStatement statement, String defaultSchema, Map<String, SchemaTables> schemas) {
    PlainSelect select = PlainSelect.of(statement);
    if (select == null) {
      return null;
    }
    SchemaTables schema =
        Names.find(schemas, select.schema() == null ? defaultSchema : select.schema());
    if (schema == null || schema.source().lazy()) {
      return null;
    }
    TableDef<?> table = schema.find(select.table());
    return table == null ? null : of(select, schema.source().name(), table);
  }

  private static <T> @Nullable PlainQuery of(PlainSelect select, String schema, TableDef<T> table) {
    if (table.paths().stream().anyMatch(AccessPath::looksUpKeys)) {
      return null; // a store may answer it whole, which the planner prepares
    }
    Map<String, Integer> positions = new HashMap<>();
    for (Column<?> column : table.columns()) {
      positions.put(column.name(), positions.size());
    }
    List<Integer> output = output(select, positions);
    if (output == null) {
      return null;
    }
    List<PushedCondition> conditions = new ArrayList<>();
    Map<Integer, Set<String>> wanted = new HashMap<>();
    for (Map.Entry<String, List<String>> term : select.wanted().entrySet()) {
      Integer position = positions.get(term.getKey());
      if (position == null || table.columns().get(position).type() != ColumnType.VARCHAR) {
        return null;
      }
      List<Scalar> values = new ArrayList<>();
      term.getValue().forEach(text -> values.add((row, execution) -> text));
      conditions.add(PushedCondition.of(position, PushedCondition.Operator.ONE_OF, values));
      wanted.put(position, new HashSet<>(term.getValue()));
    }
    Scalar limit = limit(select.limit());
    ScanNode<T> scan =
        new ScanNode<>(
            schema,
            table,
            new ScanPredicate(
                conditions,
                List.of(),
                wanted.isEmpty() ? null : check(wanted),
                wanted.keySet(),
                false),
            output,
            new RowsWanted(limit, List.of(), true),
            BoundKeys.BY_CONDITIONS);
    return new PlainQuery(plan(scan, limit), columns(scan), forms(scan));
  }

  /** Null if a name is not exactly that of a column, or comes twice, and gets another label then. */
  private static @Nullable List<Integer> output(
      PlainSelect select, Map<String, Integer> positions) {
    List<String> names = select.columns();
    if (names == null) {
      return positions.values().stream().sorted().toList();
    }
    List<Integer> output = new ArrayList<>();
    for (String name : names) {
      Integer position = positions.get(name);
      if (position == null || output.contains(position)) {
        return null;
      }
      output.add(position);
    }
    return output;
  }

  private static Scalar check(Map<Integer, Set<String>> wanted) {
    return (row, execution) -> {
      for (Map.Entry<Integer, Set<String>> term : wanted.entrySet()) {
        if (!term.getValue().contains(row[term.getKey()])) {
          return false;
        }
      }
      return true;
    };
  }

  private static @Nullable Scalar limit(@Nullable Integer rows) {
    return rows == null ? null : (row, execution) -> rows;
  }

  private static Plan plan(ScanNode<?> scan, @Nullable Scalar limit) {
    Plan read =
        new Plan(
            scan,
            NodeFacts.Other.UNTOLD,
            execution -> ScanEstimates.of(scan, execution),
            List.of());
    return limit == null
        ? read
        : Plan.of(new LimitNode(scan, null, limit), NodeFacts.Other.UNTOLD, read);
  }

  private static List<ColumnInfo> columns(ScanNode<?> scan) {
    List<ColumnInfo> columns = new ArrayList<>();
    for (int position : scan.output()) {
      columns.add(
          SourceColumns.info(scan.schema(), scan.table(), scan.table().columns().get(position)));
    }
    return columns;
  }

  private static List<UnaryOperator<@Nullable Object>> forms(ScanNode<?> scan) {
    List<UnaryOperator<@Nullable Object>> forms = new ArrayList<>();
    for (int position : scan.output()) {
      forms.add(SourceColumns.form(scan.table().columns().get(position).type()));
    }
    return forms;
  }

  @Override
  public long size(String sql) {
    return OWN_SIZE + (long) SIZE_PER_CHARACTER * sql.length();
  }

  @Override
  public List<ColumnInfo> parameters() {
    return List.of();
  }

  @Override
  public RowCursor query(
      List<? extends @Nullable Object> parameters, long maxRows, StatementScope scope) {
    Execution execution = new Execution(scope, List.of(), Instant.now(), maxRows);
    return new ResultCursor(plan.open(execution), scope, forms, maxRows);
  }
}
