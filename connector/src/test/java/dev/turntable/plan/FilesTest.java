package dev.turntable.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.simulator.rightbrain.RightbrainOptions;
import dev.turntable.simulator.rightbrain.RightbrainState;
import dev.turntable.simulator.rightbrain.RightbrainSwitches.RunForm;
import dev.turntable.simulator.server.ReceivedRequest;
import dev.turntable.simulator.server.UploadedFile;
import dev.turntable.source.ErrorKind;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that go along with an INSERT, in the form that each service takes them. */
final class FilesTest {
  private static final String NOTES =
      "{\"filename\":\"notes.txt\",\"media_type\":\"text/plain\",\"content\":\"SGVsbG8=\"}";
  private static final String EMPTY =
      "{\"filename\":\"empty.pdf\",\"media_type\":\"application/pdf\",\"content\":\"\"}";
  private static final String ONE = "[" + NOTES + "]";
  private static final String TWO = "[" + NOTES + ", " + EMPTY + "]";

  private static List<String> shown(List<UploadedFile> files) {
    return files.stream().map(UploadedFile::toString).toList();
  }

  private static String contentType(Bench.Result result, String method) {
    return result.requests().stream()
        .filter(request -> request.method().equals(method))
        .map(ReceivedRequest::contentType)
        .findFirst()
        .orElseThrow();
  }

  @Nested
  final class OfHandinger {
    private final Bench bench = Bench.handinger(2);
    private final String worker = bench.simulator().handinger().workerIds().get(0);

    @AfterEach
    void stop() {
      bench.close();
    }

    private String newest() {
      List<String> ids = bench.taskIds();
      return ids.get(ids.size() - 1);
    }

    private List<String> uploads(String id) {
      return shown(bench.simulator().handinger().uploads(id));
    }

    @Test
    void ofATask() {
      String insert =
          "INSERT INTO tasks (worker_id, budget, input, files) VALUES (?, 'low', 'Zähl \"東京\"', ?)"
              + " RETURNING output_text";
      Bench.Result one =
          bench.sql(insert, worker, ONE).rows().is("Done: Zähl \"東京\" (notes.txt)").sent(1);
      assertThat(contentType(one, "POST")).startsWith("multipart/form-data; boundary=");
      assertThat(uploads(newest())).containsExactly("files notes.txt text/plain 5");
      assertThat(bench.simulator().handinger().uploads(newest()).get(0).text()).isEqualTo("Hello");
      assertThat(bench.simulator().handinger().task(newest()).orElseThrow().workerId())
          .isEqualTo(worker);

      bench.sql(insert, worker, TWO).rows().is("Done: Zähl \"東京\" (notes.txt, empty.pdf)").sent(1);
      assertThat(uploads(newest()))
          .containsExactly("files[] notes.txt text/plain 5", "files[] empty.pdf application/pdf 0");
    }

    @Test
    void ofATurn() {
      String task = bench.taskIds().get(0);
      bench
          .sql("INSERT INTO turns (task_id, input, files) VALUES (?, 'And this?', ?)", task, ONE)
          .update()
          .sent(3);
      assertThat(uploads(task)).containsExactly("files notes.txt text/plain 5");
    }

    /** Without files there is nothing that needs a form. */
    @ParameterizedTest
    @ValueSource(strings = {"NULL", "'[]'"})
    void noFiles(String none) {
      Bench.Result result =
          bench
              .sql(
                  "INSERT INTO tasks (worker_id, input, files) VALUES (?, 'x', " + none + ")",
                  worker)
              .update()
              .sent(1);
      assertThat(contentType(result, "POST")).startsWith("application/json");
    }

    @Test
    void aLiteralAndASelect() {
      bench
          .sql("INSERT INTO tasks (input, files) VALUES ('x', '" + ONE + "') RETURNING output_text")
          .rows()
          .is("Done: x (notes.txt)");
      bench
          .sql(
              "INSERT INTO tasks (worker_id, input, files) SELECT '"
                  + worker
                  + "', v, CASE v WHEN 'a' THEN '"
                  + ONE
                  + "' END FROM (VALUES ('a'), ('b')) AS t(v) RETURNING output_text")
          .rows()
          .is("Done: a (notes.txt)", "Done: b")
          .sent(2);
    }

    @Test
    void aThousandSmallOnes() {
      String files =
          IntStream.range(0, 1000)
              .mapToObj(
                  i ->
                      "{\"filename\":\""
                          + i
                          + ".txt\",\"media_type\":\"text/plain\",\"content\":\"YQ==\"}")
              .collect(Collectors.joining(",", "[", "]"));
      bench
          .sql("INSERT INTO tasks (worker_id, input, files) VALUES (?, 'x', ?)", worker, files)
          .update()
          .sent(1);
      assertThat(uploads(newest()))
          .hasSize(1000)
          .startsWith("files[] 0.txt text/plain 1")
          .endsWith("files[] 999.txt text/plain 1");
    }

    /** One bad row, and nothing of the statement is sent. */
    @ParameterizedTest
    @ValueSource(
        strings = {
          "no JSON",
          "{}",
          "[{\"filename\":\"a\",\"media_type\":\"text/plain\",\"content\":\"%\"}]",
          "[{\"filename\":\"\",\"media_type\":\"text/plain\",\"content\":\"\"}]",
          "[{\"filename\":\"../a\",\"media_type\":\"text/plain\",\"content\":\"\"}]",
          "[" + NOTES + "," + NOTES + "]",
        })
    void badInput(String files) {
      bench
          .sql(
              "INSERT INTO tasks (worker_id, input, files) VALUES (?, 'x', ?), (?, 'y', ?)",
              worker,
              ONE,
              worker,
              files)
          .refused(ErrorKind.BAD_VALUE);
      bench
          .sql("INSERT INTO turns (task_id, input, files) VALUES ('t', 'x', ?)", files)
          .refused(ErrorKind.BAD_VALUE);
      bench
          .sql(
              "INSERT INTO tasks (worker_id, input, files) VALUES (?, 'x', ?)",
              worker,
              ONE.replace("notes", "\ud800"))
          .refused(ErrorKind.BAD_VALUE);
      assertThat(bench.simulator().handinger().runs()).isZero();
    }
  }

  @Nested
  final class OfRightbrain {
    private static final String INPUT = "{\"text\": \"a\", \"reader\": \"me\"}";

    private final Bench bench =
        Bench.rightbrain(RightbrainOptions.builder().runsPerTask(3).build());
    private final RightbrainState state = bench.simulator().rightbrain();
    private final String plain = state.taskId("Task-1");
    private final String scans = state.taskId("Task-2");

    OfRightbrain() {
      state.fileInputMode(scans, "image_or_pdf");
    }

    @AfterEach
    void stop() {
      bench.close();
    }

    private Bench.Run run(String files) {
      return bench.sql(
          "INSERT INTO task_runs (task_id, input, reference, files) VALUES (?, ?, 'R', ?) RETURNING"
              + " id, status",
          scans,
          "{\"text\": \"a\"}",
          files);
    }

    private List<String> uploads(Bench.Result result) {
      return shown(state.uploads(scans, result.rows().get(0).split(" ", -1)[0]));
    }

    private static String task(String id) {
      return "GET .*/task/" + id + ".*";
    }

    /** The mode is read before the first run with files, once on a connection. */
    @Test
    void inJson() {
      Bench.Result first = run(TWO).rows().hasRows(1).sent(2);
      assertThat(first.requests().get(0).line()).matches(task(scans));
      assertThat(contentType(first, "POST")).startsWith("application/json");
      assertThat(uploads(first))
          .containsExactly(
              "task_files notes.txt text/plain 5", "task_files empty.pdf application/pdf 0");
      assertThat(first.requests().get(1).body()).contains("\"reference\":\"R\"");
      run(ONE).rows().hasRows(1).sent(1);
      bench
          .sql(
              "SELECT JSON_VALUE(files, '$[0].original_filename') FROM task_runs WHERE task_id = ?"
                  + " LIMIT 1",
              scans)
          .rows()
          .is("notes.txt");
    }

    @ParameterizedTest
    @EnumSource(
        value = RunForm.class,
        names = {"FILES_BY_FORM", "FORM"})
    void asAFormWhereTheServiceKnowsOnlyThat(RunForm form) {
      state.switches().runForm(form);
      Bench.Result first = run(TWO).rows().hasRows(1).sent(3);
      assertThat(state.runs()).isEqualTo(1);
      assertThat(uploads(first))
          .containsExactly(
              "task_file notes.txt text/plain 5", "task_file empty.pdf application/pdf 0");
      Bench.Result warned =
          bench
              .connect(Map.of())
              .sql(
                  "INSERT INTO task_runs (task_id, input, files) VALUES (?, '{\"text\":1}', ?)",
                  scans,
                  ONE)
              .update()
              .sent(3);
      assertThat(warned.warnings())
          .singleElement()
          .asString()
          .contains("refuses runs in JSON (422)", "multipart/form-data");
      Bench.Result second = run(ONE).rows().hasRows(1).sent(1);
      assertThat(contentType(second, "POST")).startsWith("multipart/form-data");
    }

    @Test
    void whatNeitherFormTakesIsRefusedOnce() {
      bench.sql("SELECT id FROM task_revisions WHERE task_id = ?", scans).rows();
      state.fileInputMode(scans, "none"); // since it was read
      run(ONE).fails(ErrorKind.BAD_VALUE);
      assertThat(state.runs()).isZero();
      assertThat(bench.simulator().requests()).hasSize(2);
    }

    /** Known before anything is sent; read before the first run where files are given. */
    @Test
    void filesForATaskThatTakesNone() {
      String insert =
          "INSERT INTO task_runs (task_id, input, files) VALUES (?, '" + INPUT + "', ?)";
      assertThat(bench.sql(insert, plain, ONE).fails(ErrorKind.BAD_VALUE))
          .hasMessageContaining("takes no files (file_input_mode 'none')");
      assertThat(bench.simulator().requests())
          .extracting(ReceivedRequest::method)
          .containsExactly("GET");
      bench.sql(insert, plain, ONE).refused(ErrorKind.BAD_VALUE);
      assertThat(state.runs()).isZero();
    }

    @Test
    void noFileForATaskThatNeedsOne() {
      String insert = "INSERT INTO task_runs (task_id, input) VALUES (?, '{\"text\": \"a\"}')";
      assertThat(bench.sql(insert, scans).fails(ErrorKind.MISSING_VALUE))
          .hasMessageContaining("needs a file")
          .hasMessageContaining("file_input_mode 'image_or_pdf'");
      bench.sql(insert, scans).refused(ErrorKind.MISSING_VALUE);
      for (String read :
          List.of("SELECT id FROM tasks WHERE id = '" + scans + "'", "TABLE tasks")) {
        bench.connect(Map.of()).sql(read).rows();
        bench.sql(insert, scans).refused(ErrorKind.MISSING_VALUE);
      }
      assertThat(state.runs()).isZero();
    }

    @Test
    void typedTables() {
      Bench.Result run =
          bench
              .sql(
                  "INSERT INTO rightbrain_runs.\"Task-2\" (text, files) VALUES ('x', ?) RETURNING id,"
                      + " status",
                  ONE)
              .rows()
              .sent(2); // the list of tasks, whose modes are known then
      assertThat(uploads(run)).containsExactly("task_files notes.txt text/plain 5");
      assertThat(
              bench
                  .sql("INSERT INTO rightbrain_runs.\"Task-2\" (text) VALUES ('x')")
                  .refused(ErrorKind.MISSING_VALUE))
          .hasMessageContaining("image_or_pdf");
      assertThat(
              bench
                  .sql(
                      "INSERT INTO rightbrain_runs.\"Task-1\" (text, reader, files) VALUES ('x', 'y',"
                          + " ?)",
                      ONE)
                  .refused(ErrorKind.BAD_VALUE))
          .hasMessageContaining("file_input_mode 'none'");
    }

    @Test
    void explained() {
      String insert =
          "INSERT INTO task_runs (task_id, input, files) VALUES ('"
              + scans
              + "', '{}', '"
              + ONE
              + "')";
      assertThat(bench.sql(insert).explain())
          .contains(
              "GET .../task/{task_id} x 1 (exact)", "POST .../task/{task_id}/run x 1 (exact)");
    }
  }
}
