package dev.turntable.plan.compile;

import dev.turntable.eval.RexCompiler;
import dev.turntable.plan.join.CostModel;
import dev.turntable.plan.join.KeyColumns;
import dev.turntable.plan.scan.OuterReferences;
import dev.turntable.plan.scan.PushedConditions;
import dev.turntable.plan.scan.ScanCost;
import dev.turntable.plan.scan.SourceScan;
import dev.turntable.plan.subquery.Equality;
import dev.turntable.run.BatchedScan;
import dev.turntable.run.KeysOrWhole;
import dev.turntable.run.PushedCondition;
import dev.turntable.run.RowNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntSupplier;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.mapping.MappingType;
import org.apache.calcite.util.mapping.Mappings;
import org.jspecify.annotations.Nullable;

/**
 * A scan of a sub-query, split into what is the same for all outer rows and the conditions on these.
 *
 * @param scan the same scan without those conditions, with the columns that they read
 * @param keys what outer rows bind of it
 * @param slots the slot of each column of the scan that is bound
 * @param conditions the conditions on outer rows, over a row of {@link #scan}
 * @param output the columns of {@link #scan} that the scan handed up
 */
record OuterKeys(
    SourceScan scan,
    List<BatchedScan.Keys> keys,
    Map<Integer, Integer> slots,
    List<RexNode> conditions,
    List<Integer> output) {
  /** Types whose values are equal in SQL if and only if they are of one form. */
  private static final Set<SqlTypeName> INDEXED =
      Set.of(SqlTypeName.VARCHAR, SqlTypeName.BIGINT, SqlTypeName.INTEGER, SqlTypeName.TIMESTAMP);

  /**
   * Returns null if the scan names no outer row.
   *
   * @param dependent the references that the outer rows depend on
   */
  static @Nullable OuterKeys of(SourceScan scan, IntSupplier newSlot, Set<Integer> dependent) {
    List<RexNode> own = new ArrayList<>();
    List<RexNode> outer = new ArrayList<>();
    for (RexNode filter : scan.filters()) {
      (OuterReferences.in(filter).isEmpty() ? own : outer).add(filter);
    }
    if (outer.isEmpty()) {
      return null;
    }
    Set<Integer> columns = new LinkedHashSet<>(scan.columns());
    outer.forEach(term -> columns.addAll(RelOptUtil.InputFinder.bits(term).asList()));
    List<Integer> read = List.copyOf(columns);
    SourceScan base = scan.withFilters(own).withFetch(null).withColumns(read);
    RexBuilder builder = scan.getCluster().getRexBuilder();
    RexCompiler compiler = new RexCompiler(builder);
    List<BatchedScan.Keys> keys = new ArrayList<>();
    Map<Integer, Integer> slots = new LinkedHashMap<>();
    for (RexNode term : outer) {
      List<PushedCondition> found =
          PushedConditions.in(List.of(term), scan.definition(), builder, compiler::compile)
              .conditions();
      for (PushedCondition condition : found) {
        int column = read.indexOf(condition.column());
        if (condition.operator() == PushedCondition.Operator.ONE_OF
            && condition.unless() == null
            && !slots.containsKey(column)
            && !KeyColumns.keyable(base, List.of(column), dependent).isEmpty()) {
          int slot = newSlot.getAsInt();
          slots.put(column, slot);
          keys.add(new BatchedScan.Keys(slot, condition.values()));
        }
      }
    }
    List<RexNode> conditions =
        outer.stream().map(term -> RexUtil.apply(positions(read, scan), term)).toList();
    List<Integer> output = scan.columns().stream().map(read::indexOf).toList();
    return new OuterKeys(base, keys, slots, conditions, output);
  }

  private static Mappings.TargetMapping positions(List<Integer> read, SourceScan scan) {
    Mappings.TargetMapping mapping =
        Mappings.create(
            MappingType.PARTIAL_FUNCTION, scan.definition().columns().size(), read.size());
    for (int i = 0; i < read.size(); i++) {
      mapping.set(read.get(i), i);
    }
    return mapping;
  }

  Binding binding(NodeFacts driver, boolean orWhole) {
    return slots.isEmpty() ? Binding.NONE : new Binding(slots, driver, orWhole);
  }

  /** Returns what the two ways to read the scan cost. */
  KeysOrWhole cost(double expectedKeys, CostModel costs) {
    CostModel.Cost all = costs.of(scan);
    double perKey = costs.of(scan, slots.keySet(), 1).requests();
    return keys.isEmpty() || all.requests() >= ScanCost.BY_KEYS_OF_OTHERS
        ? KeysOrWhole.BY_KEYS
        : new KeysOrWhole(all.requests(), perKey, expectedKeys);
  }

  BatchedScan node(RowNode rows, BatchedScan.Batches batches) {
    RexBuilder builder = scan.getCluster().getRexBuilder();
    RexCompiler compiler = new RexCompiler(builder);
    RexNode check = RexUtil.composeConjunction(builder, conditions);
    BatchedScan.Index index = null;
    for (RexNode condition : conditions) {
      Equality equality = Equality.in(condition, node -> !OuterReferences.in(node).isEmpty());
      if (index == null
          && equality != null
          && equality.operator().getKind() == SqlKind.EQUALS
          && equality.inner() instanceof RexInputRef ref
          && isIndexed(ref.getType(), equality.outer().getType())) {
        index = new BatchedScan.Index(ref.getIndex(), compiler.compile(equality.outer()));
      }
    }
    return new BatchedScan(rows, batches, index, compiler.compile(check), output);
  }

  private static boolean isIndexed(RelDataType column, RelDataType value) {
    return INDEXED.contains(column.getSqlTypeName())
        && column.getSqlTypeName() == value.getSqlTypeName();
  }
}
