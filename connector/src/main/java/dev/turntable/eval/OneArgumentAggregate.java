package dev.turntable.eval;

import dev.turntable.run.Accumulator;
import dev.turntable.run.Execution;
import dev.turntable.run.Scalar;
import org.jspecify.annotations.Nullable;

/** An aggregate of the values of its first argument that are not null. */
abstract class OneArgumentAggregate implements Accumulator {
  final Arguments arguments;
  final Execution execution;
  private final Scalar argument;

  OneArgumentAggregate(Arguments arguments, Execution execution) {
    this.arguments = arguments;
    this.execution = execution;
    this.argument = arguments.scalars().get(0);
  }

  @Override
  public final void add(@Nullable Object[] row) {
    Object value = argument.eval(row, execution);
    if (value != null) {
      accept(value, row);
    }
  }

  abstract void accept(Object value, @Nullable Object[] row);
}
