package dev.turntable.plan.scan;

import dev.turntable.plan.type.Types;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TableDef;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.Statistic;
import org.apache.calcite.schema.Statistics;
import org.apache.calcite.schema.TranslatableTable;
import org.apache.calcite.schema.impl.AbstractTable;

/** A table of a source as Calcite sees it. */
public final class SourceTable extends AbstractTable implements TranslatableTable {
  private final String schema;
  private final TableDef<?> definition;
  private final Supplier<StatementScope> scopes;
  private final BiFunction<RelOptTable.ToRelContext, RelOptTable, RelNode> scans;
  private final List<RelOptRule> rules;

  /**
   * @param schema the schema, for messages
   * @param definition the table
   * @param scopes opens a scope where an execution brings none of its own
   * @param scans makes scans of the whole table
   * @param rules lets a cost-based planner push into scans and run them
   */
  public SourceTable(
      String schema,
      TableDef<?> definition,
      Supplier<StatementScope> scopes,
      BiFunction<RelOptTable.ToRelContext, RelOptTable, RelNode> scans,
      List<RelOptRule> rules) {
    this.schema = schema;
    this.definition = definition;
    this.scopes = scopes;
    this.scans = scans;
    this.rules = rules;
  }

  public StatementScope newScope() {
    return scopes.get();
  }

  public String schema() {
    return schema;
  }

  public TableDef<?> definition() {
    return definition;
  }

  List<RelOptRule> rules() {
    return rules;
  }

  @Override
  public RelDataType getRowType(RelDataTypeFactory typeFactory) {
    return Types.rowType(definition, typeFactory);
  }

  /** Tells no keys: Calcite would take their positions for those of a scan that was narrowed. */
  @Override
  public Statistic getStatistic() {
    return Statistics.UNKNOWN;
  }

  @Override
  public RelNode toRel(RelOptTable.ToRelContext context, RelOptTable relOptTable) {
    return scans.apply(context, relOptTable);
  }

  /** Returns the name with its schema. */
  @Override
  public String toString() {
    return schema + "." + definition.name();
  }
}
