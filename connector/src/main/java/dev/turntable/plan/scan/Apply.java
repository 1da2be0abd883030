package dev.turntable.plan.scan;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.BiRel;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.ImmutableIntList;

/**
 * A sub-query that is run for its outer rows. The inner side knows the outer row only by its
 * arguments: the field {@code k} of the variable is the {@code k}th of them. So it is known at any
 * depth which outer columns decide the answer, and the outer side may lose or move columns without a
 * change to the inner one.
 */
public final class Apply extends BiRel {
  /** What becomes of an outer row and the inner rows that it has. */
  public enum Kind {
    /** A row for each inner row. */
    INNER,
    /** The same, and one of nulls where there is no inner row. */
    LEFT,
    /** One column: the only value of the only inner row, null if there is none. */
    SCALAR,
    /** One column: whether there is an inner row. */
    EXISTS,
    /** One column: whether the comparison with any inner row is true, in three-valued logic. */
    ANY
  }

  private final CorrelationId variable;
  private final ImmutableIntList arguments;
  private final Kind kind;
  private final SqlKind comparison;
  private final ImmutableIntList probes;

  private Apply(
      RelOptCluster cluster,
      RelTraitSet traits,
      RelNode left,
      RelNode right,
      CorrelationId variable,
      ImmutableIntList arguments,
      Kind kind,
      SqlKind comparison,
      ImmutableIntList probes) {
    super(cluster, traits, left, right);
    this.variable = variable;
    this.arguments = arguments;
    this.kind = kind;
    this.comparison = comparison;
    this.probes = probes;
  }

  /** An application of any kind but {@link Kind#ANY}. */
  public static Apply of(
      RelNode left, RelNode right, CorrelationId variable, List<Integer> arguments, Kind kind) {
    return new Apply(
        left.getCluster(),
        left.getTraitSet(),
        left,
        right,
        variable,
        ImmutableIntList.copyOf(arguments),
        kind,
        SqlKind.EQUALS,
        ImmutableIntList.of());
  }

  /**
   * A quantified comparison.
   *
   * @param comparison how each probe compares with the inner column of its position
   * @param probes columns of the outer side, as many as the inner side has
   */
  public static Apply any(
      RelNode left,
      RelNode right,
      CorrelationId variable,
      List<Integer> arguments,
      SqlKind comparison,
      List<Integer> probes) {
    return new Apply(
        left.getCluster(),
        left.getTraitSet(),
        left,
        right,
        variable,
        ImmutableIntList.copyOf(arguments),
        Kind.ANY,
        comparison,
        ImmutableIntList.copyOf(probes));
  }

  public CorrelationId variable() {
    return variable;
  }

  /** Returns the columns of the outer side that the inner side may name. */
  public ImmutableIntList arguments() {
    return arguments;
  }

  public Kind kind() {
    return kind;
  }

  public SqlKind comparison() {
    return comparison;
  }

  public ImmutableIntList probes() {
    return probes;
  }

  /** Returns whether each outer row gives one row, with one more column. */
  public boolean addsColumn() {
    return kind != Kind.INNER && kind != Kind.LEFT;
  }

  /** The same over other inputs, whose outer columns may have moved. */
  public Apply copy(
      RelNode newLeft, RelNode newRight, List<Integer> newArguments, List<Integer> newProbes) {
    return new Apply(
        getCluster(),
        traitSet,
        newLeft,
        newRight,
        variable,
        ImmutableIntList.copyOf(newArguments),
        kind,
        comparison,
        ImmutableIntList.copyOf(newProbes));
  }

  /** The same with another name for the outer row. */
  public Apply withVariable(RelNode newLeft, RelNode newRight, CorrelationId newVariable) {
    return new Apply(
        getCluster(),
        traitSet,
        newLeft,
        newRight,
        newVariable,
        arguments,
        kind,
        comparison,
        probes);
  }

  @Override
  public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
    return copy(inputs.get(0), inputs.get(1), arguments, probes);
  }

  @Override
  protected RelDataType deriveRowType() {
    RelDataTypeFactory types = getCluster().getTypeFactory();
    List<RelDataType> columns = new ArrayList<>();
    List<String> names = new ArrayList<>();
    add(left.getRowType(), false, columns, names);
    switch (kind) {
      case INNER -> add(right.getRowType(), false, columns, names);
      case LEFT -> add(right.getRowType(), true, columns, names);
      case SCALAR -> {
        RelDataType value = right.getRowType().getFieldList().get(0).getType();
        columns.add(types.createTypeWithNullability(value, true));
      }
      case EXISTS -> columns.add(types.createSqlType(SqlTypeName.BOOLEAN));
      case ANY ->
          columns.add(
              types.createTypeWithNullability(types.createSqlType(SqlTypeName.BOOLEAN), true));
      default -> throw new AssertionError(kind);
    }
    while (names.size() < columns.size()) {
      names.add("$" + kind.name().toLowerCase(java.util.Locale.ROOT) + names.size());
    }
    return types.createStructType(
        columns, org.apache.calcite.sql.validate.SqlValidatorUtil.uniquify(names, false));
  }

  private void add(
      RelDataType row, boolean nullable, List<RelDataType> columns, List<String> names) {
    RelDataTypeFactory types = getCluster().getTypeFactory();
    row.getFieldList()
        .forEach(
            field -> {
              columns.add(
                  nullable
                      ? types.createTypeWithNullability(field.getType(), true)
                      : field.getType());
              names.add(field.getName());
            });
  }

  @Override
  public double estimateRowCount(RelMetadataQuery mq) {
    return mq.getRowCount(left);
  }

  @Override
  public RelWriter explainTerms(RelWriter writer) {
    return super.explainTerms(writer)
        .item("kind", kind)
        .item("variable", variable)
        .item("arguments", arguments)
        .itemIf("comparison", comparison, kind == Kind.ANY)
        .itemIf("probes", probes, kind == Kind.ANY);
  }
}
