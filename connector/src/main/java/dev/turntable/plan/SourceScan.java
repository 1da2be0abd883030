package dev.turntable.plan;

import com.google.common.collect.ImmutableList;
import dev.turntable.source.TableDef;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.Convention;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptCost;
import org.apache.calcite.plan.RelOptPlanner;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.ImmutableBitSet;
import org.apache.calcite.util.ImmutableIntList;
import org.jspecify.annotations.Nullable;

/**
 * The scan of a source's table, with everything it has taken over: predicates, columns, a row limit.
 * Immutable; the rules return a bigger scan.
 */
final class SourceScan extends TableScan {
  private final SourceTable sourceTable;
  private final ImmutableList<RexNode> filters;
  private final ImmutableIntList columns;
  private final @Nullable RexNode fetch;

  private SourceScan(
      RelOptCluster cluster,
      RelTraitSet traits,
      RelOptTable table,
      SourceTable sourceTable,
      ImmutableList<RexNode> filters,
      ImmutableIntList columns,
      @Nullable RexNode fetch) {
    super(cluster, traits, ImmutableList.of(), table);
    this.sourceTable = sourceTable;
    this.filters = filters;
    this.columns = columns;
    this.fetch = fetch;
  }

  /** A scan of all rows and columns. */
  static SourceScan of(RelOptCluster cluster, RelOptTable table, SourceTable sourceTable) {
    return new SourceScan(
        cluster,
        cluster.traitSetOf(Convention.NONE),
        table,
        sourceTable,
        ImmutableList.of(),
        ImmutableIntList.identity(table.getRowType().getFieldCount()),
        null);
  }

  SourceTable sourceTable() {
    return sourceTable;
  }

  TableDef<?> definition() {
    return sourceTable.definition();
  }

  /** Returns the conjunction that every row satisfies, over all columns of the table. */
  ImmutableList<RexNode> filters() {
    return filters;
  }

  /** Returns the positions in the table of the columns handed up. */
  ImmutableIntList columns() {
    return columns;
  }

  /** Returns how many rows are wanted at most, or null if all are. */
  @Nullable RexNode fetch() {
    return fetch;
  }

  SourceScan withFilters(List<RexNode> newFilters) {
    return new SourceScan(
        getCluster(),
        traitSet,
        table,
        sourceTable,
        ImmutableList.copyOf(newFilters),
        columns,
        fetch);
  }

  SourceScan withColumns(List<Integer> newColumns) {
    return new SourceScan(
        getCluster(),
        traitSet,
        table,
        sourceTable,
        filters,
        ImmutableIntList.copyOf(newColumns),
        fetch);
  }

  SourceScan withFetch(@Nullable RexNode newFetch) {
    return new SourceScan(getCluster(), traitSet, table, sourceTable, filters, columns, newFetch);
  }

  @Override
  public RelDataType deriveRowType() {
    List<RelDataTypeField> fields = table.getRowType().getFieldList();
    return getCluster()
        .getTypeFactory()
        .createStructType(columns.stream().map(fields::get).toList());
  }

  @Override
  public RelNode copy(RelTraitSet traitSet, List<RelNode> inputs) {
    return new SourceScan(getCluster(), traitSet, table, sourceTable, filters, columns, fetch);
  }

  /** Narrows the scan instead of projecting above it, as the trimming of fields asks. */
  @Override
  public RelNode project(
      ImmutableBitSet fieldsUsed, Set<RelDataTypeField> extraFields, RelBuilder relBuilder) {
    if (!extraFields.isEmpty()) {
      return super.project(fieldsUsed, extraFields, relBuilder);
    }
    return withColumns(fieldsUsed.asList().stream().map(columns::get).toList());
  }

  @Override
  public @Nullable RelOptCost computeSelfCost(RelOptPlanner planner, RelMetadataQuery mq) {
    ScanCost cost = ScanCost.of(this);
    return planner.getCostFactory().makeCost(cost.rows(), cost.rows(), cost.requests() * 1_000);
  }

  @Override
  public double estimateRowCount(RelMetadataQuery mq) {
    return ScanCost.of(this).rows();
  }

  @Override
  public RelWriter explainTerms(RelWriter writer) {
    super.explainTerms(writer)
        .item("columns", getRowType().getFieldNames())
        .itemIf("filters", filters, !filters.isEmpty());
    return writer.itemIf("fetch", fetch, fetch != null);
  }

  /** Returns whether the collation names a column that the scan hands up. */
  @Nullable String columnName(RelFieldCollation collation) {
    int index = collation.getFieldIndex();
    return index < columns.size()
        ? definition().columns().get(columns.get(index)).name()
        : null;
  }
}
