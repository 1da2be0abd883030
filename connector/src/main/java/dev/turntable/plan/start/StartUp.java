package dev.turntable.plan.start;

import dev.turntable.config.Sources;
import dev.turntable.plan.catalog.SourceSet;
import dev.turntable.plan.catalog.SystemTables;
import dev.turntable.plan.statement.StatementPlanner;
import dev.turntable.plan.type.ExecutionMode;
import dev.turntable.source.ConnectionLimits;
import dev.turntable.source.ConnectionScope;
import dev.turntable.source.TaskSourceProvider;
import dev.turntable.text.SqlStatement;
import java.security.Security;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.calcite.util.Static;

/**
 * Loads what requests need, then the planner, on a second thread, once per JVM, while the first
 * connection is being opened: a second of work in a new JVM, half of it the loading of classes.
 *
 * <p>A plain first statement needs no planner, and with the compilers of the JVM the two threads are one
 * too many for two processors. So the planner is loaded when it is asked for, or when that statement has
 * its row or waits for the network: a moment later.
 *
 * <p>Nobody may use either before it is loaded. Two threads that initialise the classes of a library in
 * different orders could wait for each other for ever.
 */
public final class StartUp {
  /** From when requests can be sent to the first row of a plain statement takes a quarter of a second. */
  private static final long MOMENT_MILLIS = 300;

  private static final CountDownLatch PLANNER_ASKED_FOR = new CountDownLatch(1);
  private static final CompletableFuture<Void> REQUESTS = new CompletableFuture<>();
  private static final CompletableFuture<Void> PLANNER = new CompletableFuture<>();
  private static final NeededClasses CLASSES = new NeededClasses();

  static {
    Thread thread = new Thread(StartUp::run, "turntable-warm-up");
    thread.setDaemon(true);
    // Nor is it anybody's that its classes may be gone already, where a driver is unloaded at once.
    thread.setUncaughtExceptionHandler((failed, failure) -> {});
    thread.start();
  }

  private StartUp() {}

  /** Begins, unless it has begun. */
  public static void begin() {
    // Initialising this class has begun it. OkHttp will ask for the providers, and the other thread
    // has more to do than this one.
    var unused = Security.getProviders();
  }

  /** Waits until a source can be opened. Failures here are nobody's: they come again where it matters. */
  public static void awaitRequests() {
    REQUESTS.join();
  }

  /**
   * Waits until statements can be planned, which is last: then all is loaded. Makes the waiting shorter.
   */
  public static void awaitPlanner() {
    PLANNER_ASKED_FOR.countDown();
    CLASSES.loadUntil(PLANNER::isDone);
    PLANNER.join();
  }

  /** Runs an action once all is loaded, in this thread or, if that is still going on, after it. */
  public static void whenDone(Runnable action) {
    var unused = PLANNER.thenRun(action);
  }

  private static void run() {
    try {
      Sources.known().values().forEach(TaskSourceProvider::warmUp);
    } finally {
      REQUESTS.complete(null);
      try {
        waitForMoment();
        plan();
      } finally {
        PLANNER.complete(null);
      }
      CLASSES.loadRest();
      // Calcite makes a class of 450 methods when the first DESC or DISTINCT asks whether it is
      // allowed:
      // 45 ms. It depends on nothing that statements initialise, so nobody can wait for it in a
      // circle.
      var unused = Static.RESOURCE;
    }
  }

  private static void waitForMoment() {
    try {
      var unused = PLANNER_ASKED_FOR.await(MOMENT_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      // Nobody else knows this thread; the planner is loaded at once.
    }
  }

  /** Plans the simplest useful statement, over a table that no connection has. */
  static void plan() {
    try (ConnectionScope nowhere = new ConnectionScope(ConnectionLimits.DEFAULT);
        SourceSet sources =
            SourceSet.of(
                nowhere,
                List.of(
                    SystemTables.schema(
                        nowhere, List.of(), statement -> List.of(), List::of, List::of)))) {
      new StatementPlanner(sources, ExecutionMode.OPERATORS)
          .prepare(
              SqlStatement.of("SELECT url, status FROM requests WHERE method = 'GET'"),
              SystemTables.SCHEMA);
    }
  }
}
