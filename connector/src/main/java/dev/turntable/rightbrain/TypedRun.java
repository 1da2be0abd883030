package dev.turntable.rightbrain;

import dev.turntable.source.StatementScope;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A run whose inputs and outputs are columns. Used by one thread. */
final class TypedRun {
  private final Run run;
  private final Misfits misfits;
  private @Nullable Map<String, String> inputs;
  private @Nullable Map<String, String> outputs;

  /** Warns of values that do not fit, once for each column however many there are. */
  static final class Misfits {
    private final String table;
    private final StatementScope scope;
    private final Set<String> columns = ConcurrentHashMap.newKeySet();

    Misfits(String table, StatementScope scope) {
      this.table = table;
      this.scope = scope;
    }

    private void add(String field, FieldType type, Run run) {
      if (columns.add(field)) {
        scope.warn(
            table
                + ": some values of the output '"
                + field
                + "' are not of its declared type and read as NULL; the first is in run '"
                + run.id()
                + "', where "
                + type.columnType()
                + " was declared");
      }
    }
  }

  TypedRun(Run run, Misfits misfits) {
    this.run = run;
    this.misfits = misfits;
  }

  Run run() {
    return run;
  }

  /** Returns an input as text; null if the run has none of that name. */
  @Nullable Object input(String name) {
    Map<String, String> known = inputs;
    if (known == null) {
      known = membersOf(RunInputs.submitted(run.runData()));
      inputs = known;
    }
    String json = known.get(name);
    return json == null ? null : FieldType.ANY.read(json);
  }

  /** Returns an output; null if the run failed, or has none of that name or of that type. */
  @Nullable Object output(String name, FieldType type) {
    Map<String, String> known = outputs;
    if (known == null) {
      known = run.isError() ? Map.of() : membersOf(run.response());
      outputs = known;
    }
    String json = known.get(name);
    if (json == null) {
      return null;
    }
    Object value = type.read(json);
    if (value == null) {
      misfits.add(name, type, run);
    }
    return value;
  }

  /** Returns the whole response as text. */
  @Nullable Object response() {
    return run.response() == null ? null : FieldType.ANY.read(run.response());
  }

  private static Map<String, String> membersOf(@Nullable String json) {
    Map<String, String> members = JsonValues.members(json);
    return members == null ? Map.of() : members;
  }
}
