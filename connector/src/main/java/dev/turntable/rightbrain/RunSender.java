package dev.turntable.rightbrain;

import dev.turntable.http.FilesRequestBody;
import dev.turntable.http.GivenFiles;
import dev.turntable.http.HttpFailure;
import dev.turntable.rightbrain.RightbrainJson.NewRun;
import dev.turntable.rightbrain.RunInserter.Wanted;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import retrofit2.Call;

/**
 * Sends runs: in JSON, or as a form where the deployment says by a 422 that it knows only that, which
 * is remembered for the connection. A 422 has run nothing. Safe for use by several threads.
 */
final class RunSender {
  private static final int UNPROCESSABLE = 422;

  /**
   * How a deployment says that it wants the older form: it does not know the member of the files, or
   * does not see what is in the JSON at all. What it says of a file, or of an input, is no such thing.
   */
  private static final Pattern WANTS_FORM =
      Pattern.compile(
          "body\\.task_input: Field required|multipart|form-data", Pattern.CASE_INSENSITIVE);

  private static final Pattern KNOWS_NO_FILES = Pattern.compile("body\\.task_files?:");

  private final AtomicBoolean form = new AtomicBoolean();

  /** Sends a run and returns it as it has ended. */
  Run send(Rightbrain service, StatementScope scope, String table, Wanted run) {
    if (form.get()) {
      return service.calls().write(scope, table, form(service, scope, table, run));
    }
    try {
      return service.calls().write(scope, table, json(service, scope, table, run));
    } catch (HttpFailure refusal) {
      String words = String.valueOf(refusal.getMessage());
      boolean wantsForm =
          WANTS_FORM.matcher(words).find()
              || (files(table, run) != null && KNOWS_NO_FILES.matcher(words).find());
      if (refusal.status() != UNPROCESSABLE || !wantsForm) {
        throw refusal;
      }
      return again(service, scope, table, run, refusal);
    }
  }

  private Run again(
      Rightbrain service, StatementScope scope, String table, Wanted run, HttpFailure refusal) {
    Run done;
    try {
      done = service.calls().write(scope, table, form(service, scope, table, run));
    } catch (HttpFailure e) {
      if (e.status() != UNPROCESSABLE) {
        throw e;
      }
      throw refusal; // neither form: what it said first is what is wrong
    } catch (TurntableException e) {
      remember(scope, table);
      throw e;
    }
    remember(scope, table);
    return done;
  }

  private void remember(StatementScope scope, String table) {
    if (!form.getAndSet(true)) {
      scope.warn(
          table
              + ": the service refuses runs in JSON (422) and takes them as multipart/form-data, in"
              + " which they are sent from now on");
    }
  }

  private static @Nullable GivenFiles files(String table, Wanted run) {
    GivenFiles files = run.files() == null ? null : GivenFiles.of(table, run.files());
    return files == null || files.isEmpty() ? null : files;
  }

  private static Call<Run> json(
      Rightbrain service, StatementScope scope, String table, Wanted run) {
    ProjectScope.Found in = service.place().find(scope);
    GivenFiles files = files(table, run);
    if (files == null) {
      return service.api().run(in.org(), in.project(), run.taskId(), run.parameters(), run.body());
    }
    NewRun body = run.body();
    Map<String, @Nullable String> members = new LinkedHashMap<>();
    members.put("task_input", body.input());
    members.put("reference", JsonValues.quoted(body.reference()));
    members.put("task_reference", JsonValues.quoted(body.taskReference()));
    members.put("context_id", JsonValues.quoted(body.contextId()));
    return service
        .api()
        .runWithFiles(
            in.org(),
            in.project(),
            run.taskId(),
            run.parameters(),
            FilesRequestBody.json(members, "task_files", files));
  }

  private static Call<Run> form(
      Rightbrain service, StatementScope scope, String table, Wanted run) {
    ProjectScope.Found in = service.place().find(scope);
    NewRun body = run.body();
    Map<String, @Nullable String> fields = new LinkedHashMap<>();
    fields.put("task_input", body.input());
    fields.put("reference", body.reference());
    fields.put("task_reference", body.taskReference());
    fields.put("context_id", body.contextId());
    GivenFiles files = files(table, run);
    return service
        .api()
        .runWithFiles(
            in.org(),
            in.project(),
            run.taskId(),
            run.parameters(),
            FilesRequestBody.form(fields, "task_file", files == null ? GivenFiles.NONE : files));
  }
}
