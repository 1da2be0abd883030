package dev.turntable.plan;

import dev.turntable.config.ConnectionConfig;
import dev.turntable.engine.Engine;
import dev.turntable.plan.type.ExecutionMode;

/** Opens engines. */
public final class Engines {
  private Engines() {}

  /**
   * Opens the sources of a connection. Sends nothing.
   *
   * @throws dev.turntable.source.TurntableException if a property cannot be used
   */
  public static Engine open(ConnectionConfig config) {
    return TurntableEngine.open(config, ExecutionMode.OPERATORS);
  }

  /**
   * Opens an engine that runs every statement in one mode; to compare both.
   *
   * @param enumerable whether Calcite's generated code runs everything above the scans
   */
  public static Engine open(ConnectionConfig config, boolean enumerable) {
    return TurntableEngine.open(
        config, enumerable ? ExecutionMode.ENUMERABLE : ExecutionMode.OPERATORS);
  }
}
