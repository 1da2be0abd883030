package dev.turntable.run;

import org.jspecify.annotations.Nullable;

/** No rows. */
enum EmptyOperator implements Operator {
  INSTANCE;

  @Override
  public @Nullable Object @Nullable [] next() {
    return null;
  }

  @Override
  public void close() {}
}
