package dev.turntable.plan.scan;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/** Rules by which a scan takes over what stands above it. */
public final class ScanRules {
  /** A filter over a scan becomes predicates of the scan, which the scan checks itself. */
  public static final RelOptRule FILTER =
      rule("SourceScanFilter", LogicalFilter.class, ScanRules::takeFilter);

  /** A projection over a scan narrows the scan to the columns that it uses. */
  public static final RelOptRule PROJECT =
      rule("SourceScanProject", LogicalProject.class, ScanRules::takeProject);

  /** A limit over a scan stays, and tells the scan how many rows are wanted. */
  public static final RelOptRule LIMIT =
      rule("SourceScanLimit", LogicalSort.class, ScanRules::takeLimit);

  /** The same through a projection. */
  public static final RelOptRule LIMIT_PROJECT =
      new Rule(
          new RuleConfig(
              "SourceScanLimitProject",
              b0 ->
                  b0.operand(LogicalSort.class)
                      .oneInput(
                          b1 ->
                              b1.operand(LogicalProject.class)
                                  .oneInput(b2 -> b2.operand(SourceScan.class).noInputs())),
              config -> {
                throw new UnsupportedOperationException();
              }),
          ScanRules::takeLimitThroughProject);

  /** A limit over a limit is the lower of the two. */
  public static final RelOptRule LIMIT_LIMIT =
      rule("LimitLimit", LogicalSort.class, LogicalSort.class, ScanRules::mergeLimits);

  private ScanRules() {}

  private static RelOptRule rule(
      String name,
      Class<? extends RelNode> above,
      java.util.function.Consumer<RelOptRuleCall> body) {
    return rule(name, above, SourceScan.class, body);
  }

  private static RelOptRule rule(
      String name,
      Class<? extends RelNode> above,
      Class<? extends RelNode> below,
      java.util.function.Consumer<RelOptRuleCall> body) {
    return new Rule(
        new RuleConfig(
            name,
            b0 -> b0.operand(above).oneInput(b1 -> b1.operand(below).anyInputs()),
            config -> {
              throw new UnsupportedOperationException();
            }),
        body);
  }

  private static final class Rule extends RelRule<RuleConfig> {
    private final java.util.function.Consumer<RelOptRuleCall> body;

    Rule(RuleConfig config, java.util.function.Consumer<RelOptRuleCall> body) {
      super(config);
      this.body = body;
    }

    @Override
    public void onMatch(RelOptRuleCall call) {
      body.accept(call);
    }
  }

  private static void takeFilter(RelOptRuleCall call) {
    Filter filter = call.rel(0);
    SourceScan scan = call.rel(1);
    if (scan.fetch() != null || RexUtil.SubQueryFinder.find(filter.getCondition()) != null) {
      return; // a filter above a limit must not go below it
    }
    List<RexNode> filters = new ArrayList<>(scan.filters());
    filters.addAll(RelOptUtil.conjunctions(toTable(filter.getCondition(), scan)));
    call.transformTo(scan.withFilters(filters));
  }

  /** Returns an expression over the scan's output as one over all columns of the table. */
  private static RexNode toTable(RexNode node, SourceScan scan) {
    return node.accept(
        new RexShuttle() {
          @Override
          public RexNode visitInputRef(RexInputRef ref) {
            return new RexInputRef(scan.columns().get(ref.getIndex()), ref.getType());
          }
        });
  }

  private static void takeProject(RelOptRuleCall call) {
    Project project = call.rel(0);
    SourceScan scan = call.rel(1);
    if (project.containsOver()) {
      return;
    }
    ImmutableBitSet used = RelOptUtil.InputFinder.bits(project.getProjects(), null);
    List<Integer> plain = plainColumns(project.getProjects());
    if (plain != null && scan.fetch() == null) {
      SourceScan narrow = scan.withColumns(plain.stream().map(scan.columns()::get).toList());
      if (narrow.getRowType().getFieldNames().equals(project.getRowType().getFieldNames())) {
        call.transformTo(narrow);
        return;
      }
    }
    if (used.cardinality() == scan.columns().size()) {
      return;
    }
    List<Integer> kept = used.asList();
    SourceScan narrow = scan.withColumns(kept.stream().map(scan.columns()::get).toList());
    RexShuttle shift =
        new RexShuttle() {
          @Override
          public RexNode visitInputRef(RexInputRef ref) {
            return new RexInputRef(kept.indexOf(ref.getIndex()), ref.getType());
          }
        };
    call.transformTo(
        LogicalProject.create(
            narrow,
            project.getHints(),
            shift.visitList(project.getProjects()),
            project.getRowType().getFieldNames(),
            project.getVariablesSet()));
  }

  /** Returns the inputs of a projection that only picks distinct columns, else null. */
  private static @Nullable List<Integer> plainColumns(List<RexNode> projects) {
    List<Integer> columns = new ArrayList<>();
    for (RexNode node : projects) {
      if (!(node instanceof RexInputRef ref) || columns.contains(ref.getIndex())) {
        return null;
      }
      columns.add(ref.getIndex());
    }
    return columns;
  }

  private static void takeLimit(RelOptRuleCall call) {
    Sort sort = call.rel(0);
    SourceScan scan = call.rel(1);
    SourceScan limited = limited(sort, scan);
    if (limited != null) {
      call.transformTo(sort.copy(sort.getTraitSet(), List.of(limited)));
    }
  }

  private static void takeLimitThroughProject(RelOptRuleCall call) {
    Sort sort = call.rel(0);
    Project project = call.rel(1);
    SourceScan scan = call.rel(2);
    SourceScan limited = limited(sort, scan);
    if (limited != null) {
      RelNode input = project.copy(project.getTraitSet(), List.of(limited));
      call.transformTo(sort.copy(sort.getTraitSet(), List.of(input)));
    }
  }

  private static @Nullable SourceScan limited(Sort sort, SourceScan scan) {
    if (sort.fetch == null || !sort.getCollation().getFieldCollations().isEmpty()) {
      return null;
    }
    RexNode wanted = rowsWanted(sort);
    boolean fewer = scan.fetch() == null || isFewer(wanted, scan.fetch());
    return fewer ? scan.withFetch(wanted) : null;
  }

  private static boolean isFewer(RexNode rows, RexNode others) {
    return rows instanceof RexLiteral few
        && others instanceof RexLiteral many
        && RexLiteral.bigDecimalValue(few).compareTo(RexLiteral.bigDecimalValue(many)) < 0;
  }

  private static void mergeLimits(RelOptRuleCall call) {
    Sort outer = call.rel(0);
    Sort inner = call.rel(1);
    if (outer.offset != null
        || inner.offset != null
        || !outer.getCollation().getFieldCollations().isEmpty()
        || !(outer.fetch instanceof RexLiteral few)
        || !(inner.fetch instanceof RexLiteral many)) {
      return;
    }
    RexNode fetch = isFewer(few, many) ? few : many;
    call.transformTo(LogicalSort.create(inner.getInput(), inner.getCollation(), null, fetch));
  }

  /** Returns offset plus fetch, as an expression without input. */
  public static RexNode rowsWanted(Sort sort) {
    RexNode fetch = java.util.Objects.requireNonNull(sort.fetch, "fetch");
    if (sort.offset == null) {
      return fetch;
    }
    RexBuilder builder = sort.getCluster().getRexBuilder();
    if (fetch instanceof RexLiteral rows && sort.offset instanceof RexLiteral skipped) {
      return builder.makeExactLiteral(
          RexLiteral.bigDecimalValue(rows).add(RexLiteral.bigDecimalValue(skipped)));
    }
    RelDataType bigint = builder.getTypeFactory().createSqlType(SqlTypeName.BIGINT);
    return builder.makeCall(
        SqlStdOperatorTable.PLUS,
        builder.makeAbstractCast(bigint, sort.offset, false),
        builder.makeAbstractCast(bigint, fetch, false));
  }
}
