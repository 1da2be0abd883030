package dev.turntable.rightbrain;

import dev.turntable.rightbrain.RightbrainJson.Task;
import dev.turntable.rightbrain.TaskRevisionsTable.TaskRevision;
import dev.turntable.source.Column;
import dev.turntable.source.Column.Use;
import dev.turntable.source.ColumnType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The columns of the table of one task, made from its active revisions. */
final class TypedColumns {
  /** The columns that every run has, whatever its task. */
  static final Set<String> FIXED =
      Set.of(
          "id",
          "created",
          "status",
          "charged_credits",
          "input_tokens",
          "output_tokens",
          "total_tokens");

  /** What INSERT takes the files of a run by. */
  static final String FILES = "files";

  private final List<Column<TypedRun>> columns = new ArrayList<>();
  private final Map<String, String> variables = new LinkedHashMap<>();
  private final Set<String> taken = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

  private TypedColumns() {}

  static TypedColumns of(Task task) {
    TypedColumns result = new TypedColumns();
    result.addFixed();
    boolean files = !FileModes.takesNone(task);
    if (files) {
      result.taken.add(FILES);
    }
    List<TaskRevision> active =
        TaskRevisionsTable.of(task).stream().filter(each -> each.weight() != null).toList();
    result.addInputs(active);
    result.addOutputs(active);
    if (files) {
      result.columns.add(result.files());
    }
    return result;
  }

  List<Column<TypedRun>> columns() {
    return columns;
  }

  /** Returns the input variable of each column that INSERT may give. */
  Map<String, String> variables() {
    return variables;
  }

  private void addFixed() {
    add(
        Column.<TypedRun>varchar("id", row -> row.run().id()).notNull().remarks("Run id"),
        Column.<TypedRun>timestamp("created", row -> row.run().created())
            .notNull()
            .remarks("When the run was created, UTC"),
        Column.<TypedRun>varchar("status", row -> row.run().status())
            .notNull()
            .remarks("success or error; what a failed run says is in rightbrain.task_runs"),
        Column.<TypedRun>decimal("charged_credits", row -> row.run().chargedCredits())
            .remarks("Credits charged"),
        Column.<TypedRun>bigint("input_tokens", row -> row.run().inputTokens())
            .remarks("Tokens the model read"),
        Column.<TypedRun>bigint("output_tokens", row -> row.run().outputTokens())
            .remarks("Tokens the model wrote"),
        Column.<TypedRun>bigint("total_tokens", row -> row.run().totalTokens())
            .remarks("Tokens read and written"));
  }

  private Column<TypedRun> files() {
    return Column.<TypedRun>json(FILES, row -> row.run().files())
        .use(Use.INSERTABLE)
        .remarks(
            "JSON array of the run's files; for INSERT a JSON array of {filename, media_type,"
                + " content}, the content in base64, 64 MiB in all");
  }

  @SafeVarargs
  private void add(Column<TypedRun>... some) {
    for (Column<TypedRun> column : some) {
      columns.add(column);
      taken.add(column.name());
    }
  }

  private void addInputs(List<TaskRevision> active) {
    Set<String> names = new LinkedHashSet<>();
    for (TaskRevision each : active) {
      if (JsonValues.parse(each.revision().inputParams()) instanceof List<?> params) {
        params.forEach(param -> names.add(String.valueOf(param)));
      }
    }
    for (String name : names) {
      String column = free(name, "input_");
      variables.put(column, name);
      add(
          new Column<TypedRun>(
              column,
              ColumnType.VARCHAR,
              true,
              Use.INSERTABLE,
              "Input '" + name + "'; a value that is no text reads as its JSON",
              row -> row.input(name)));
    }
  }

  private void addOutputs(List<TaskRevision> active) {
    Map<String, FieldType> types = new LinkedHashMap<>();
    Map<String, String> remarks = new LinkedHashMap<>();
    for (TaskRevision each : active) {
      if (JsonValues.parse(each.revision().outputFormat()) instanceof Map<?, ?> format) {
        format.forEach(
            (key, declared) -> {
              String name = String.valueOf(key);
              // Revisions that do not agree have only text in common.
              types.merge(name, FieldType.of(declared), (a, b) -> a == b ? a : FieldType.ANY);
              remarks.putIfAbsent(name, FieldType.remarks(declared));
            });
      }
    }
    types.forEach((name, type) -> add(output(name, type, remarks.get(name))));
    if (types.isEmpty()) {
      add(
          Column.<TypedRun>of(free("response", "output_"), ColumnType.VARCHAR, TypedRun::response)
              .remarks("What the run gave: its text, or JSON"));
    }
  }

  private Column<TypedRun> output(String name, FieldType type, @Nullable String said) {
    String remarks = "Output '" + name + "'" + (said == null || said.isEmpty() ? "" : ": " + said);
    return Column.<TypedRun>of(
            free(name, "output_"), type.columnType(), row -> row.output(name, type))
        .remarks(remarks);
  }

  /** Returns whether the table has a column of the name, in any case. */
  boolean has(String name) {
    return isTaken(name);
  }

  /** Names are compared as SQL does, without regard to case. */
  private String free(String given, String prefix) {
    String name = ListedName.of(given);
    String result = isTaken(name) ? prefix + name : name;
    String base = result;
    for (int i = 2; isTaken(result); i++) {
      result = base + "_" + i;
    }
    return result;
  }

  private boolean isTaken(String name) {
    return taken.contains(name);
  }
}
