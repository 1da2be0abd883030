package dev.turntable.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.turntable.engine.Engine;
import dev.turntable.engine.PreparedSql;
import dev.turntable.source.StatementScope;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;

/**
 * How much planning a statement takes, in bytes that it allocates: unlike the time, that is the same on
 * a busy machine as on an idle one.
 */
final class PlanningWork {
  /** Far more than any statement needs here, however busy the machine is. */
  static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private PlanningWork() {}

  /** Plans a statement that this engine has not seen. */
  static long of(Engine engine, String sql) {
    long before = allocated();
    try (StatementScope scope = engine.newStatement(sql, PATIENCE)) {
      PreparedSql prepared = engine.prepare(sql, engine.defaultSchema(), scope);
      assertThat(prepared.columns()).as(sql).isNotEmpty();
      assertThat(scope.requestCount()).as("planning sends nothing: %s", sql).isZero();
    }
    return allocated() - before;
  }

  /** A connection plans in threads of its own, which outlive a statement. */
  private static long allocated() {
    return Arrays.stream(THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds()))
        .filter(bytes -> bytes > 0)
        .sum();
  }
}
