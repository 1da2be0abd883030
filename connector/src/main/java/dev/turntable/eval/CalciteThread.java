package dev.turntable.eval;

import com.fasterxml.jackson.core.util.BufferRecycler;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.calcite.rel.metadata.JaninoRelMetadataProvider;
import org.apache.calcite.rel.metadata.RelMetadataQueryBase;
import org.apache.calcite.sql.parser.SqlParserUtil;
import org.apache.calcite.sql.type.SqlTypeCoercionRule;
import org.apache.calcite.util.TryThreadLocal;
import org.apache.calcite.util.format.FormatElementEnum;

/**
 * Removes what Calcite and its libraries leave in a thread that uses them. The thread is the
 * caller's and may live on for ever; what is left there would keep the driver's class loader alive.
 */
public final class CalciteThread {
  private CalciteThread() {}

  /** What the parser keeps, hidden by its class. */
  private static final class OfPlanning {
    static final List<ThreadLocal<?>> LOCALS =
        hidden(SqlParserUtil.class, "$Format", "PER_THREAD").toList();
  }

  /** What generated code and Jackson below it keep, loaded where such code runs. */
  private static final class OfRunning {
    static final List<ThreadLocal<?>> LOCALS =
        Stream.concat(
                hidden(FormatElementEnum.class, "$Work", "THREAD_WORK"),
                hidden(BufferRecycler.class, "s", "_recyclerRef"))
            .toList();
  }

  /** Plans in this thread. What a host that shares our Calcite had put there is there again. */
  public static <T> T planning(Supplier<T> action) {
    JaninoRelMetadataProvider metadata = RelMetadataQueryBase.THREAD_PROVIDERS.get();
    TryThreadLocal<SqlTypeCoercionRule> coercion = SqlTypeCoercionRule.THREAD_PROVIDERS;
    TryThreadLocal.Memo before = coercion.push(SqlTypeCoercionRule.instance());
    try {
      return action.get();
    } finally {
      before.close();
      if (metadata == null) {
        RelMetadataQueryBase.THREAD_PROVIDERS.remove();
      } else {
        RelMetadataQueryBase.THREAD_PROVIDERS.set(metadata);
      }
      OfPlanning.LOCALS.forEach(ThreadLocal::remove);
    }
  }

  /** To be called when generated code has run in this thread. */
  public static void ran() {
    for (ThreadLocal<?> local : OfRunning.LOCALS) {
      local.remove();
    }
  }

  /**
   * Returns a thread local of the class whose name goes on so; none where another version has none.
   */
  private static Stream<ThreadLocal<?>> hidden(Class<?> known, String rest, String name) {
    return field(known.getName() + rest, name).stream();
  }

  private static Optional<ThreadLocal<?>> field(String owner, String name) {
    try {
      Field field =
          Class.forName(owner, true, CalciteThread.class.getClassLoader()).getDeclaredField(name);
      field.setAccessible(true);
      return Optional.of((ThreadLocal<?>) field.get(null));
    } catch (ReflectiveOperationException e) {
      return Optional.empty();
    }
  }
}
