package dev.turntable.plan;

import dev.turntable.config.ConnectionConfig;
import dev.turntable.engine.Engine;
import dev.turntable.plan.type.ExecutionMode;
import java.security.Security;

/** Opens engines. */
public final class Engines {
  private Engines() {}

  /** Begins to load what the first connection of this JVM will need, most of it on another thread. */
  public static void warmUp() {
    WarmUp.start();
    // OkHttp will ask for them, and the other thread has more to do than this one.
    var unused = Security.getProviders();
  }

  /** Waits until what requests need is loaded, for who uses the same libraries before opening. */
  public static void awaitRequests() {
    WarmUp.awaitRequests();
  }

  /** Waits until all is loaded, for who wants to keep the loaded classes. */
  public static void awaitWarmUp() {
    WarmUp.awaitPlanner();
  }

  /** Runs an action once all is loaded, in this thread or, if that is still going on, after it. */
  public static void afterWarmUp(Runnable action) {
    WarmUp.whenDone(action);
  }

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
