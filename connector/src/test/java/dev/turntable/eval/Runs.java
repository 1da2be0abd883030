package dev.turntable.eval;

import dev.turntable.run.Execution;
import dev.turntable.source.ConnectionLimits;
import dev.turntable.source.ConnectionScope;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/** Executions at a fixed time. */
public final class Runs {
  public static final Instant NOW = Instant.parse("2024-02-29T23:30:15.123Z");

  private Runs() {}

  public static Execution execution(Object... parameters) {
    return new Execution(
        new ConnectionScope(ConnectionLimits.DEFAULT).statement("test", Duration.ZERO),
        Arrays.asList(parameters),
        NOW);
  }
}
