package dev.turntable.plan.generated;

import dev.turntable.plan.compile.Plan;
import dev.turntable.run.Execution;
import dev.turntable.run.Operator;
import java.util.List;
import org.apache.calcite.adapter.enumerable.EnumerableConvention;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.adapter.enumerable.JavaRowFormat;
import org.apache.calcite.adapter.enumerable.PhysType;
import org.apache.calcite.adapter.enumerable.PhysTypeImpl;
import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.plan.Convention;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.rel.convert.ConverterRule;
import org.apache.calcite.rel.type.RelDataType;
import org.jspecify.annotations.Nullable;

/** Hands the rows of generated code to a sub-query that the operators run. */
final class EnumerableApply extends SingleRel implements EnumerableRel {
  static final RelOptRule RULE =
      ConverterRule.Config.INSTANCE
          .withConversion(
              ApplyOver.class,
              Convention.NONE,
              EnumerableConvention.INSTANCE,
              "ApplyOverToEnumerable")
          .withRuleFactory(Converter::new)
          .toRule();

  private final ApplyOver apply;

  private EnumerableApply(ApplyOver apply, RelTraitSet traits, RelNode input) {
    super(apply.getCluster(), traits, input);
    this.apply = apply;
  }

  private static final class Converter extends ConverterRule {
    Converter(Config config) {
      super(config);
    }

    @Override
    public RelNode convert(RelNode rel) {
      ApplyOver apply = (ApplyOver) rel;
      RelTraitSet traits = rel.getCluster().traitSetOf(EnumerableConvention.INSTANCE);
      RelNode input =
          convert(
              apply.getInput(),
              apply.getInput().getTraitSet().replace(EnumerableConvention.INSTANCE));
      return new EnumerableApply(apply, traits, input);
    }
  }

  Plan plan() {
    return apply.plan();
  }

  @Override
  protected RelDataType deriveRowType() {
    return apply.getRowType();
  }

  @Override
  public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
    return new EnumerableApply(apply, traits, inputs.get(0));
  }

  @Override
  public RelWriter explainTerms(RelWriter writer) {
    return super.explainTerms(writer).item("rows", apply.rows().getId());
  }

  @Override
  public Result implement(EnumerableRelImplementor implementor, Prefer pref) {
    Result outer = implementor.visitChild(this, 0, (EnumerableRel) getInput(), Prefer.ARRAY);
    PhysType type =
        PhysTypeImpl.of(implementor.getTypeFactory(), getRowType(), JavaRowFormat.ARRAY, false);
    JavaRowFormat format = outer.format;
    boolean single = type.getFormat() == JavaRowFormat.SCALAR;
    return implementor.result(
        type,
        GeneratedRows.through(
            implementor,
            outer.block,
            (context, rows) -> rows(ExecutionContext.execution(context), rows, format, single)));
  }

  private Enumerable<Object> rows(
      Execution execution, Enumerable<Object> outer, JavaRowFormat format, boolean single) {
    return new AbstractEnumerable<>() {
      @Override
      public Enumerator<Object> enumerator() {
        execution.supply(apply.rows().node(), new Outer(outer.enumerator(), format));
        return new ScanEnumerator(apply.plan().node().open(execution), single, () -> {});
      }
    };
  }

  /** The rows of generated code as those of an operator. */
  private static final class Outer implements Operator {
    private final Enumerator<Object> rows;
    private final JavaRowFormat format;

    Outer(Enumerator<Object> rows, JavaRowFormat format) {
      this.rows = rows;
      this.format = format;
    }

    @Override
    public @Nullable Object @Nullable [] next() {
      return rows.moveNext() ? GeneratedRows.columns(rows.current(), format) : null;
    }

    @Override
    public void close() {
      rows.close();
    }
  }
}
