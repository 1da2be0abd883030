package dev.turntable.plan;

import dev.turntable.config.ConnectionConfig;
import dev.turntable.engine.Engine;

/** Opens engines. */
public final class Engines {
  private Engines() {}

  /** Begins to load what the first connection of this JVM will need, on a thread of its own. */
  public static void warmUp() {
    WarmUp.start();
  }

  /**
   * Opens the sources of a connection. Sends nothing.
   *
   * @throws dev.turntable.source.TurntableException if a property cannot be used
   */
  public static Engine open(ConnectionConfig config) {
    return TurntableEngine.open(config, Road.OPERATORS);
  }

  /**
   * Opens an engine that sends every statement down one road; for comparing the two.
   *
   * @param enumerable whether Calcite's generated code runs everything above the scans
   */
  public static Engine open(ConnectionConfig config, boolean enumerable) {
    return TurntableEngine.open(config, enumerable ? Road.ENUMERABLE : Road.OPERATORS);
  }
}
