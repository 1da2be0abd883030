package dev.turntable.plan.scan;

import java.util.function.Function;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.rel.core.RelFactories;
import org.apache.calcite.tools.RelBuilderFactory;

/**
 * The configuration of one of our rules; a record, so that no annotation processor is needed.
 *
 * @param description the name
 * @param operandSupplier what the rule matches
 * @param maker makes the rule
 */
public record RuleConfig(
    String description,
    RelRule.OperandTransform operandSupplier,
    Function<RelRule.Config, RelOptRule> maker)
    implements RelRule.Config {
  @Override
  public RelOptRule toRule() {
    return maker.apply(this);
  }

  @Override
  public RelBuilderFactory relBuilderFactory() {
    return RelFactories.LOGICAL_BUILDER;
  }

  @Override
  public RelRule.Config withRelBuilderFactory(RelBuilderFactory factory) {
    return this;
  }

  @Override
  public RelRule.Config withDescription(@org.jspecify.annotations.Nullable String newDescription) {
    return newDescription == null ? this : new RuleConfig(newDescription, operandSupplier, maker);
  }

  @Override
  public RelRule.Config withOperandSupplier(RelRule.OperandTransform transform) {
    return new RuleConfig(description, transform, maker);
  }
}
