package dev.turntable.rightbrain;

import com.squareup.moshi.JsonWriter;
import dev.turntable.rightbrain.RightbrainJson.NewRun;
import dev.turntable.rightbrain.RightbrainJson.Task;
import dev.turntable.source.ForeignKey;
import dev.turntable.source.Inserter;
import dev.turntable.source.SourceSchema;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TableDef;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import okio.Buffer;

/** The schema {@code rightbrain_runs}: every task is a table of its runs, with typed columns. */
final class TypedTables {
  private TypedTables() {}

  static SourceSchema schema(Rightbrain service) {
    return SourceSchema.lazy(
        Rightbrain.RUNS_SCHEMA,
        "Runs of Rightbrain, one table per task, with a column for every input and output",
        scope -> tables(service, scope));
  }

  private static List<TableDef<?>> tables(Rightbrain service, StatementScope scope) {
    List<TableDef<?>> tables = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    Set<String> names = new HashSet<>();
    PagedList<Task> listing = service.tasks(Rightbrain.RUNS_SCHEMA, Map.of(), PagedList.MAX_PAGE);
    while (!listing.ended()) {
      for (Task task : listing.next(scope)) {
        if (task.deleted() == null && ids.add(task.id())) {
          tables.add(table(service, task, free(ListedName.of(task.name()), names)));
        }
      }
    }
    return tables;
  }

  /** Names are unique in a project; if they were not, none may hide another. */
  private static String free(String name, Set<String> names) {
    String result = name;
    for (int i = 2; !names.add(result); i++) {
      result = name + "_" + i;
    }
    return result;
  }

  private static TableDef<TypedRun> table(Rightbrain service, Task task, String name) {
    String qualified = Rightbrain.RUNS_SCHEMA + "." + name;
    RunLists lists = new RunLists(service, qualified, true);
    TypedColumns columns = TypedColumns.of(task);
    String description = task.description() == null ? "" : ": " + task.description();
    return TableDef.readOnly(
            name,
            "Runs of the task '" + task.id() + "'" + description + ". INSERT runs it",
            columns.columns(),
            List.of("id"),
            List.of(
                new TypedPath(qualified, RunByKey.path(lists), task.id()),
                new TypedPath(qualified, RunsOfTask.path(lists), task.id())))
        .withForeignKeys(
            List.of(new ForeignKey(List.of("id"), Rightbrain.SCHEMA, "task_runs", List.of("id"))))
        .withInserter(
            new RunInserter(
                service,
                qualified,
                row -> wanted(task.id(), columns.variables(), row),
                new TypedAnswers(qualified, columns)));
  }

  private static RunInserter.Wanted wanted(
      String taskId, Map<String, String> variables, Inserter.Row row) {
    Buffer json = new Buffer();
    try (JsonWriter writer = JsonWriter.of(json)) {
      writer.beginObject();
      for (Map.Entry<String, String> each : variables.entrySet()) {
        Object value = row.value(each.getKey());
        if (value != null) {
          writer.name(each.getValue()).value((String) value);
        }
      }
      writer.endObject();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("writing memory", e);
    }
    Object files = variables.containsKey(TypedColumns.FILES) ? null : row.value(TypedColumns.FILES);
    return new RunInserter.Wanted(
        taskId, Map.of(), new NewRun(json.readUtf8(), null, null, null), (String) files);
  }
}
