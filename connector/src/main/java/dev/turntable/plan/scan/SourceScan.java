package dev.turntable.plan.scan;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import dev.turntable.run.ScanNode;
import dev.turntable.source.TableDef;
import dev.turntable.source.TurntableException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.calcite.plan.Convention;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptCost;
import org.apache.calcite.plan.RelOptPlanner;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.plan.volcano.VolcanoPlanner;
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
public final class SourceScan extends TableScan {
  /** Stands for a scan that cannot be served: it fails when it runs, with a message that helps. */
  private static final double IMPOSSIBLE = 1e6;

  private static final double REQUEST_WEIGHT = 1_000;
  private static final double COLUMN_WEIGHT = 0.01;

  private final SourceTable sourceTable;
  private final ImmutableList<RexNode> filters;
  private final ImmutableIntList columns;
  private final @Nullable RexNode fetch;
  private final @Nullable TableReferenceView view;

  /** Reckoned before: planning asks the same again and again. */
  private final Map<Bound, ScanCost> costs = new ConcurrentHashMap<>();

  private record Bound(Set<Integer> columns, int keys) {}

  private SourceScan(
      RelOptCluster cluster,
      RelTraitSet traits,
      RelOptTable table,
      SourceTable sourceTable,
      ImmutableList<RexNode> filters,
      ImmutableIntList columns,
      @Nullable RexNode fetch,
      @Nullable TableReferenceView view) {
    super(cluster, traits, ImmutableList.of(), table);
    this.sourceTable = sourceTable;
    this.filters = filters;
    this.columns = columns;
    this.fetch = fetch;
    this.view = view;
  }

  /** A scan of all rows and columns. */
  public static SourceScan of(RelOptTable.ToRelContext context, RelOptTable table) {
    RelOptCluster cluster = context.getCluster();
    return new SourceScan(
        cluster,
        cluster.traitSetOf(Convention.NONE),
        table,
        requireNonNull(table.unwrap(SourceTable.class), "a table of ours"),
        ImmutableList.of(),
        ImmutableIntList.identity(table.getRowType().getFieldCount()),
        null,
        null);
  }

  public SourceTable sourceTable() {
    return sourceTable;
  }

  public TableDef<?> definition() {
    return sourceTable.definition();
  }

  /** Returns the conjunction that every row satisfies, over all columns of the table. */
  public ImmutableList<RexNode> filters() {
    return filters;
  }

  /** Returns the positions in the table of the columns handed up. */
  public ImmutableIntList columns() {
    return columns;
  }

  /** Returns how many rows are wanted at most, or null if all are. */
  public @Nullable RexNode fetch() {
    return fetch;
  }

  /** Returns the reference, or null where the statement was not looked through. */
  public @Nullable TableReferenceView view() {
    return view;
  }

  /** What one opening costs, as {@link ScanCost#of} estimates it. */
  public ScanCost cost(Set<Integer> boundColumns, int keys) {
    return costs.computeIfAbsent(
        new Bound(Set.copyOf(boundColumns), keys),
        bound -> ScanCost.of(this, bound.columns(), bound.keys()));
  }

  /**
   * Returns the numbers of the references whose keys are read for this scan where no join hands over
   * keys to it.
   */
  public Set<Integer> dependencies() {
    if (view == null || view.reference().links().isEmpty()) {
      return Set.of();
    }
    try {
      ScanNode.Reading<?> reading =
          ScanNodeFactory.of(this, Set.of(), false)
              .reading(PlanningExecution.execution(Set.of(), 0));
      return reading != null && reading.keysFollow() ? view.dependencies() : Set.of();
    } catch (TurntableException e) {
      return Set.of(); // nothing but a join can read it
    }
  }

  public SourceScan withFilters(List<RexNode> newFilters) {
    return new SourceScan(
        getCluster(),
        traitSet,
        table,
        sourceTable,
        ImmutableList.copyOf(newFilters),
        columns,
        fetch,
        view);
  }

  public SourceScan withColumns(List<Integer> newColumns) {
    return new SourceScan(
        getCluster(),
        traitSet,
        table,
        sourceTable,
        filters,
        ImmutableIntList.copyOf(newColumns),
        fetch,
        view);
  }

  public SourceScan withFetch(@Nullable RexNode newFetch) {
    return new SourceScan(
        getCluster(), traitSet, table, sourceTable, filters, columns, newFetch, view);
  }

  /** Names the reference whose rows are read. */
  public SourceScan withView(TableReferenceView newView) {
    return new SourceScan(
        getCluster(), traitSet, table, sourceTable, filters, columns, fetch, newView);
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
    return new SourceScan(
        getCluster(), traitSet, table, sourceTable, filters, columns, fetch, view);
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

  /**
   * Requests weigh most, then rows, then columns. All in one number, since Calcite's cost-based
   * planner compares nothing else.
   */
  @Override
  public @Nullable RelOptCost computeSelfCost(RelOptPlanner planner, RelMetadataQuery mq) {
    ScanCost cost = cost(Set.of(), 0);
    double requests = Math.min(cost.requests(), IMPOSSIBLE);
    double weight = requests * REQUEST_WEIGHT + cost.rows() + columns.size() * COLUMN_WEIGHT;
    return planner.getCostFactory().makeCost(weight, cost.rows(), requests);
  }

  @Override
  public void register(RelOptPlanner planner) {
    if (planner instanceof VolcanoPlanner) {
      sourceTable.rules().forEach(planner::addRule);
    }
  }

  @Override
  public double estimateRowCount(RelMetadataQuery mq) {
    return cost(Set.of(), 0).rows();
  }

  @Override
  public RelWriter explainTerms(RelWriter writer) {
    super.explainTerms(writer)
        .item("columns", getRowType().getFieldNames())
        .itemIf("filters", filters, !filters.isEmpty());
    return writer
        .itemIf("fetch", fetch, fetch != null)
        .itemIf("reference", String.valueOf(view), view != null);
  }
}
