package dev.turntable.plan.compile;

import dev.turntable.eval.JoinConditions;
import dev.turntable.eval.RexCompiler;
import dev.turntable.plan.join.CostModel;
import dev.turntable.plan.scan.Apply;
import dev.turntable.plan.scan.OuterReferences;
import dev.turntable.plan.scan.SourceScan;
import dev.turntable.plan.scan.TreeContents;
import dev.turntable.run.AnyComparison;
import dev.turntable.run.BatchedScan;
import dev.turntable.run.CorrelatedLoop;
import dev.turntable.run.JoinCondition;
import dev.turntable.run.JoinKeys;
import dev.turntable.run.KeyedJoin;
import dev.turntable.run.KeysOrWhole;
import dev.turntable.run.RowNode;
import dev.turntable.run.Scalar;
import dev.turntable.run.Spool;
import dev.turntable.run.SubQuery;
import dev.turntable.run.SubQueryColumn;
import dev.turntable.run.SubQueryValues;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.jspecify.annotations.Nullable;

/**
 * Compiles sub-queries that run for outer rows. What they read that is the same for all of these is
 * read once; what they read by keys is read for many at once.
 */
final class ApplyCompiler {
  private final RelCompiler compiler;

  /** The sub-queries that what is being compiled is part of, the innermost first. */
  private final Deque<Scope> scopes = new ArrayDeque<>();

  ApplyCompiler(RelCompiler compiler) {
    this.compiler = compiler;
  }

  /** A sub-query that is being compiled. */
  private static final class Scope {
    private final CorrelationId variable;
    private final List<RowNode> inside;
    private final NodeFacts driver;
    private final double outerRows;
    private final Set<Integer> dependencies;
    private final int rowsWanted;
    private int firstBatch = 1;

    Scope(
        CorrelationId variable,
        List<RowNode> inside,
        NodeFacts driver,
        RelNode outer,
        CostModel costs,
        int rowsWanted) {
      this.variable = variable;
      this.inside = inside;
      this.driver = driver;
      this.outerRows = costs.of(outer).rows();
      this.dependencies = costs.dependencies(outer);
      this.rowsWanted = rowsWanted;
    }
  }

  Plan compile(Apply apply, Binding binding) {
    int width = apply.getLeft().getRowType().getFieldCount();
    Plan left = compiler.compile(apply.getLeft(), binding.within(0, width), false);
    int wanted = compiler.rowsWanted();
    boolean nested = !scopes.isEmpty();
    List<RowNode> inside = nested ? scopes.peek().inside : new ArrayList<>();
    Scope scope =
        new Scope(
            apply.variable(), inside, left.driver(), apply.getLeft(), compiler.costs(), wanted);
    scopes.push(scope);
    Plan right;
    try {
      right = compiler.compileWhole(apply.getRight(), Binding.NONE);
    } finally {
      scopes.pop();
    }
    boolean repeats = !TreeContents.of(apply.getRight()).has(TreeContents.Part.VOLATILE);
    SubQuery subQuery =
        new SubQuery(
            right.node(),
            new SubQuery.OuterColumns(
                apply.variable().getName(), apply.arguments(), further(apply)),
            repeats,
            nested ? List.of() : inside,
            nested);
    RowNode node = node(apply, left.node(), subQuery, scope.firstBatch);
    if (nested) {
      inside.add(node);
    }
    return Plan.of(node, new NodeFacts.OfSubQuery(apply, repeats), left, right);
  }

  private static int firstBatch(int wanted) {
    return wanted == 0 ? KeyedJoin.FIRST_BATCH : Math.min(wanted, KeyedJoin.FIRST_BATCH);
  }

  /** Returns whether what is compiled belongs to no sub-query. */
  boolean isOutermost() {
    return scopes.isEmpty();
  }

  /**
   * Returns whether a scan that a limit bounds is read for each outer row as far as the limit goes,
   * because that costs fewer requests than to read it once, whole.
   */
  boolean readsForEach(SourceScan limited) {
    Scope scope = scopes.peek();
    if (scope == null
        || limited.filters().stream().allMatch(f -> OuterReferences.in(f).isEmpty())) {
      return true;
    }
    OuterKeys keys = OuterKeys.of(limited, () -> 0, dependencies());
    CostModel.Cost all = compiler.costs().of(keys == null ? limited : keys.scan());
    double each = Math.max(1, compiler.costs().of(limited).requests());
    return scope.outerRows * each <= all.requests();
  }

  private static RowNode node(Apply apply, RowNode outer, SubQuery subQuery, int firstBatch) {
    return switch (apply.kind()) {
      case INNER, LEFT ->
          new CorrelatedLoop(
              outer,
              subQuery,
              apply.kind() == Apply.Kind.LEFT,
              apply.getRight().getRowType().getFieldCount(),
              firstBatch);
      case SCALAR -> new SubQueryColumn<>(outer, subQuery, SubQueryValues.scalar(), firstBatch);
      case EXISTS -> new SubQueryColumn<>(outer, subQuery, SubQueryValues.exists(), firstBatch);
      case ANY -> new SubQueryColumn<>(outer, subQuery, comparison(apply), firstBatch);
    };
  }

  /** What a sub-query uses of rows further out than its own outer row. */
  private static List<Scalar> further(Apply apply) {
    RexBuilder builder = apply.getCluster().getRexBuilder();
    return new RexCompiler(builder)
        .compileAll(OuterReferences.accesses(apply.getRight(), apply.variable()));
  }

  private static AnyComparison comparison(Apply apply) {
    RexBuilder builder = apply.getCluster().getRexBuilder();
    int width = apply.getLeft().getRowType().getFieldCount();
    List<RexNode> terms = new ArrayList<>();
    for (int i = 0; i < apply.probes().size(); i++) {
      RelDataType type = apply.getRight().getRowType().getFieldList().get(i).getType();
      terms.add(
          builder.makeCall(
              RexUtil.op(apply.comparison()),
              builder.makeInputRef(apply.getLeft(), apply.probes().get(i)),
              builder.makeInputRef(type, width + i)));
    }
    boolean equality = apply.comparison() == SqlKind.EQUALS;
    RexNode condition =
        equality
            ? RexUtil.composeConjunction(builder, terms)
            : terms.size() == 1 ? terms.get(0) : builder.makeCall(SqlStdOperatorTable.OR, terms);
    Scalar compiled = RexCompiler.of(apply).compile(condition);
    JoinCondition split = new JoinConditions(builder).compile(condition, width);
    boolean looksUp =
        equality && split.residual() == null && split.keys().left().size() == terms.size();
    return new AnyComparison(compiled, looksUp ? split.keys() : JoinKeys.NONE);
  }

  /**
   * Compiles a part of a sub-query so that it is not read again for every outer row, if that can be.
   *
   * @return null if it is compiled as any other tree
   */
  @Nullable Plan kept(RelNode rel, Binding binding) {
    if (scopes.isEmpty() || rel instanceof Values || !binding.slots().isEmpty()) {
      return null;
    }
    Set<CorrelationId> used = OuterReferences.in(rel).keySet();
    if (!used.contains(scopes.getFirst().variable)) {
      return TreeContents.of(rel).has(TreeContents.Part.VOLATILE) ? null : spooled(rel, used);
    }
    return rel instanceof SourceScan scan ? batched(scan, used) : null;
  }

  /** Inside of it the sub-queries are left out that it does not depend on. */
  private Plan spooled(RelNode rel, Set<CorrelationId> used) {
    Deque<Scope> left = new ArrayDeque<>();
    List<RowNode> inside = scopes.getFirst().inside;
    while (!scopes.isEmpty() && !used.contains(scopes.getFirst().variable)) {
      left.addFirst(scopes.pop());
    }
    Plan plan;
    try {
      plan = compiler.compileWhole(rel, Binding.NONE);
    } finally {
      left.forEach(scopes::push);
    }
    if (plan.node() instanceof BatchedScan || plan.node() instanceof Spool) {
      return plan;
    }
    Spool spool = new Spool(plan.node(), used.stream().map(CorrelationId::getName).toList());
    inside.add(spool);
    return plan.withNode(spool);
  }

  /** Returns the references that the outer rows of any level depend on. */
  private Set<Integer> dependencies() {
    Set<Integer> all = new LinkedHashSet<>();
    scopes.forEach(scope -> all.addAll(scope.dependencies));
    return all;
  }

  private @Nullable Plan batched(SourceScan scan, Set<CorrelationId> used) {
    Scope scope = scopes.getFirst();
    OuterKeys keys = OuterKeys.of(scan, compiler::newSlot, dependencies());
    if (keys == null) {
      return null;
    }
    List<String> others = new ArrayList<>();
    used.stream().filter(id -> !id.equals(scope.variable)).forEach(id -> others.add(id.getName()));
    KeysOrWhole cost = keys.cost(scope.outerRows, compiler.costs());
    // To choose between the two, outer rows are read ahead, which a limit may have no use for.
    if (scope.rowsWanted > 0 && cost.keysToDecide() > KeyedJoin.FIRST_BATCH) {
      cost = KeysOrWhole.BY_KEYS;
    }
    boolean orWhole = cost.mayBeWhole();
    Plan base =
        ScanCompiler.compile(keys.scan(), keys.binding(scope.driver, orWhole), false, List.of());
    if (!keys.keys().isEmpty()) {
      int first = orWhole ? cost.keysToDecide() + 1 : firstBatch(scope.rowsWanted);
      scope.firstBatch = Math.max(scope.firstBatch, first);
    }
    BatchedScan node =
        keys.node(
            base.node(),
            new BatchedScan.Batches(keys.keys(), scope.variable.getName(), others, cost));
    scope.inside.add(node);
    return base.withNode(node);
  }
}
