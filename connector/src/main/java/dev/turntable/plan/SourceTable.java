package dev.turntable.plan;

import dev.turntable.source.StatementScope;
import dev.turntable.source.TableDef;
import java.util.function.Supplier;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.Statistic;
import org.apache.calcite.schema.Statistics;
import org.apache.calcite.schema.TranslatableTable;
import org.apache.calcite.schema.impl.AbstractTable;
import org.apache.calcite.util.ImmutableBitSet;
import com.google.common.collect.ImmutableList;

/** A table of a source as Calcite sees it. */
final class SourceTable extends AbstractTable implements TranslatableTable {
  private final String schema;
  private final TableDef<?> definition;
  private final Supplier<StatementScope> scopes;

  /**
   * @param schema the schema, for messages
   * @param definition the table
   * @param scopes opens a scope where an execution brings none of its own
   */
  SourceTable(String schema, TableDef<?> definition, Supplier<StatementScope> scopes) {
    this.schema = schema;
    this.definition = definition;
    this.scopes = scopes;
  }

  StatementScope newScope() {
    return scopes.get();
  }

  String schema() {
    return schema;
  }

  TableDef<?> definition() {
    return definition;
  }

  @Override
  public RelDataType getRowType(RelDataTypeFactory typeFactory) {
    return Types.rowType(definition, typeFactory);
  }

  @Override
  public Statistic getStatistic() {
    ImmutableBitSet.Builder key = ImmutableBitSet.builder();
    for (int i = 0; i < definition.columns().size(); i++) {
      if (definition.primaryKey().contains(definition.columns().get(i).name())) {
        key.set(i);
      }
    }
    return key.isEmpty()
        ? Statistics.UNKNOWN
        : Statistics.of(1_000d, ImmutableList.of(key.build()));
  }

  @Override
  public RelNode toRel(RelOptTable.ToRelContext context, RelOptTable relOptTable) {
    return SourceScan.of(context.getCluster(), relOptTable, this);
  }

  /** Returns the name with its schema. */
  @Override
  public String toString() {
    return schema + "." + definition.name();
  }
}
