package dev.turntable.plan;

import dev.turntable.source.ConnectionLimits;
import dev.turntable.source.ConnectionScope;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Loads the planner on a second thread, once per JVM, while the first connection is being opened: a
 * second of work in a new JVM, half of it the loading of classes.
 *
 * <p>Nobody may plan before it has ended. Two threads that initialise Calcite's classes in different
 * orders could wait for each other for ever.
 */
final class WarmUp {
  private static final CompletableFuture<Void> DONE = new CompletableFuture<>();

  static {
    Thread thread = new Thread(WarmUp::run, "turntable-warm-up");
    thread.setDaemon(true);
    thread.start();
  }

  private WarmUp() {}

  /** Begins, unless it has begun. */
  static void start() {
    // Initialising this class has begun it.
  }

  /** Waits for the end. A failure there is nobody's: it would come again where it matters. */
  static void await() {
    DONE.join();
  }

  private static void run() {
    try {
      plan();
    } finally {
      DONE.complete(null);
    }
  }

  /** Plans the simplest useful statement, over a table that no connection has. */
  private static void plan() {
    try (ConnectionScope nowhere = new ConnectionScope(ConnectionLimits.DEFAULT);
        SourceSet sources =
            SourceSet.of(nowhere, List.of(SystemTables.schema(nowhere, List.of())))) {
      new StatementPlanner(sources, Road.OPERATORS)
          .prepare("SELECT url, status FROM requests WHERE method = 'GET'", SystemTables.SCHEMA);
    }
  }
}
