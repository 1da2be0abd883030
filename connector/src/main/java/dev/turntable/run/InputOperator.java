package dev.turntable.run;

/** An operator over one input, which it closes. */
abstract class InputOperator implements Operator {
  final Operator input;

  InputOperator(Operator input) {
    this.input = input;
  }

  @Override
  public void close() {
    input.close();
  }
}
