package dev.turntable.handinger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.turntable.PromptServer;
import dev.turntable.http.Settlement;
import dev.turntable.http.TestConfig;
import dev.turntable.source.ConnectionLimits;
import dev.turntable.source.ConnectionScope;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.Inserter.Row;
import dev.turntable.source.NotReturnedException;
import dev.turntable.source.RequestEstimate;
import dev.turntable.source.StatementScope;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.Headers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the answer to a POST is believed, and when a run is waited for that has not ended. */
final class ReturnedAnswersTest {
  private static final Settlement ONE_LOOK = new Settlement(List.of(Duration.ZERO));
  private static final RunEnd THREE_LOOKS =
      new RunEnd(List.of(Duration.ZERO, Duration.ZERO, Duration.ZERO));

  private final MockWebServer server = PromptServer.create();
  private final ConnectionScope connection = new ConnectionScope(ConnectionLimits.DEFAULT);
  private final List<String> sent = new CopyOnWriteArrayList<>();
  private final List<String> types = new CopyOnWriteArrayList<>();
  private final List<String> bodies = new CopyOnWriteArrayList<>();
  private HandingerSource source;

  /** The answer to the POST; null cuts it. */
  private String answer = "{\"id\":\"wrk_1\",\"output_text\":\"done\"}";

  /** How often the turns are looked at before there is one. */
  private int looksUntilThere;

  /** Whether the service says that there is no such task. */
  private boolean gone;

  /** How often the turn is looked at before it has ended. */
  private int looksUntilEnd;

  @BeforeEach
  void start() throws IOException {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            String path = request.getTarget().replaceAll("tsk_[\\w-]+", "{id}");
            sent.add(request.getMethod() + " " + path);
            String id = request.getTarget().replaceAll(".*(tsk_[\\w-]+).*", "$1");
            if (request.getMethod().equals("POST")) {
              types.add(String.valueOf(request.getHeaders().get("Content-Type")));
              bodies.add(Objects.requireNonNull(request.getBody()).utf8());
              return answer == null
                  ? new MockResponse.Builder()
                      .onResponseStart(new SocketEffect.CloseSocket())
                      .build()
                  : json(answer);
            }
            if (gone) {
              return new MockResponse(
                  404, Headers.of("Content-Type", "application/json"), "{\"error\":\"no\"}");
            }
            return json(
                path.endsWith("/turns")
                    ? "{\"items\":[" + (looksUntilThere-- > 0 ? "" : turn()) + "]}"
                    : "{\"task\":{\"id\":\""
                        + id
                        + "\",\"workerId\":\"wrk_1\",\"status\":\"completed\",\"totals\":{\"credits\":7,"
                        + "\"durationMs\":9,\"turnCount\":1}}}");
          }
        });
    server.start(InetAddress.getLoopbackAddress(), 0);
    source =
        (HandingerSource)
            new HandingerProvider()
                .open(
                    TestConfig.at("http://127.0.0.1:" + server.getPort())
                        .with("apiKey", "key_secret")
                        .source("handinger"),
                    connection);
  }

  @AfterEach
  void stop() {
    source.close();
    connection.close();
    server.close();
    Shapes.forget("http://127.0.0.1:" + server.getPort());
  }

  private static MockResponse json(String body) {
    return new MockResponse(200, Headers.of("Content-Type", "application/json"), body);
  }

  private String turn() {
    boolean ended = looksUntilEnd-- <= 0;
    return "{\"id\":\"trn_1\",\"seq\":0,\"input\":\"go\",\"outputText\":\""
        + (ended ? "done" : "")
        + "\",\"structuredOutput\":"
        + (ended ? "{\"a\":1}" : "null")
        + (ended ? ",\"completedAt\":\"2026-05-11T09:14:48.000Z\"}" : "}");
  }

  private Map<String, Object> insert(String... columns) {
    TaskInserter inserter = new TaskInserter(source.service(), ONE_LOOK, THREE_LOOKS);
    try (StatementScope scope = connection.statement("INSERT", Duration.ZERO)) {
      return inserter.insert(new Row(Map.of("input", "go"), true), Set.of(columns), scope);
    }
  }

  @Test
  void whatTheAnswerHoldsIsNotReadAgain() {
    answer =
        "{\"id\":\"wrk_1\",\"output_text\":\"done\",\"structured_output\":{\"a\":1},\"running\":false,"
            + "\"status\":\"completed\",\"usage\":{\"credits\":42,\"durationMs\":1500}}";
    assertThat(insert("output_text", "structured_output", "credits", "duration_ms", "worker_id"))
        .containsEntry("output_text", "done")
        .containsEntry("structured_output", "{\"a\":1}")
        .containsEntry("credits", 42L)
        .containsEntry("duration_ms", 1500L)
        .containsEntry("worker_id", "wrk_1");
    assertThat(sent).containsExactly("POST /api/tasks");
  }

  /** Of a field that is not as documented the service is asked again, and the task stays written. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"usage\":null",
        "\"usage\":[]",
        "\"usage\":{\"credits\":\"many\"}",
        "\"usage\":{\"credits\":1.5}",
        "\"usage\":{\"credits\":1e99}",
        "\"usage\":{\"credits\":1e-99}",
        "\"usage\":{\"credits\":1234567890123456789}",
        "\"usage\":{\"credits\":null}",
        "\"usage\":{\"credits\":[3]}",
        "\"usage\":{}",
        "\"usage\":{\"tokens\":{\"in\":[1,2]}}",
      })
  void oddCreditsAreRead(String usage) {
    answer = "{\"id\":\"wrk_1\",\"output_text\":\"done\"," + usage + "}";
    assertThat(insert("output_text", "credits"))
        .containsEntry("output_text", "done")
        .containsEntry("credits", 7L);
    assertThat(sent).containsExactly("POST /api/tasks", "GET /api/tasks/{id}");
  }

  @ParameterizedTest
  @CsvSource({"42,42", "42.0,42", "4.2e1,42", "-7,-7", "123456789012345678,123456789012345678"})
  void wholeNumbersOfAnyFormAreTaken(String credits, long taken) {
    answer = "{\"id\":\"wrk_1\",\"output_text\":\"done\",\"usage\":{\"credits\":" + credits + "}}";
    assertThat(insert("credits")).containsEntry("credits", taken);
    assertThat(sent).containsExactly("POST /api/tasks");
  }

  /** What does not say that it is running has ended. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"running\":\"yes\"",
        "\"running\":null",
        "\"running\":1",
        "\"running\":false",
        "\"status\":7",
        "\"status\":null",
        "\"status\":\"odd\"",
        "\"structured_output\":[1]",
        "\"structured_output\":\"text\""
      })
  void oddStatesAreNone(String state) {
    answer = "{\"id\":\"wrk_1\"," + state + ",\"output_text\":\"half\"}";
    assertThat(insert("output_text", "structured_output"))
        .containsEntry("output_text", "half")
        .containsEntry("structured_output", null);
    assertThat(sent).containsExactly("POST /api/tasks");
  }

  @Test
  void aTaskThatIsGoneAtOnceIsNotReturned() {
    gone = true;
    NotReturnedException failure =
        catchThrowableOfType(NotReturnedException.class, () -> insert("id", "status"));
    assertThat(failure.kind()).isEqualTo(ErrorKind.BAD_ANSWER);
    assertThat(failure)
        .hasMessageContainingAll(
            "was written", "handinger.tasks: GET /api/tasks/{id} answered 404");
    assertThat(failure.known()).containsEntry("output_text", "done").containsKey("id");
  }

  /** Turns that are not listed yet are waited for. */
  @Test
  void aTaskWithoutTurnsIsWaitedFor() {
    answer = "{\"id\":\"wrk_1\"}";
    looksUntilThere = 2;
    assertThat(insert("output_text")).containsEntry("output_text", "done");
    assertThat(sent).hasSize(4).endsWith("GET /api/tasks/{id}/turns");
  }

  /** What the answer surely holds costs nothing, what it may hold at most a reading. */
  @Test
  void readingsAreForeseen() {
    assertThat(TaskAnswers.estimate(3, Set.of("id", "output_text", "input"))).isEmpty();
    assertThat(TaskAnswers.estimate(3, Set.of("id", "credits")))
        .containsExactly(RequestEstimate.atMost(HandingerApi.TASK, 3));
    assertThat(TaskAnswers.estimate(3, Set.of("status", "credits")))
        .containsExactly(RequestEstimate.exactly(HandingerApi.TASK, 3));
  }

  /** Only files need a form. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "[]|application/json; charset=UTF-8|0",
        "[{\"filename\":\"a.txt\",\"media_type\":\"text/plain\",\"content\":\"QQ==\"}]|multipart/form-data|1",
        "[{\"filename\":\"a\",\"media_type\":\"a/b\",\"content\":\"\"},{\"filename\":\"b\",\"media_type\":\"a/b\",\"content\":\"\"}]|multipart/form-data|2"
      })
  void filesGoInAForm(String files, String type, int count) {
    TaskInserter inserter = new TaskInserter(source.service(), ONE_LOOK, THREE_LOOKS);
    try (StatementScope scope = connection.statement("INSERT", Duration.ZERO)) {
      inserter.insert(new Row(Map.of("input", "go", "files", files), true), Set.of("id"), scope);
    }
    assertThat(types).singleElement().asString().startsWith(type);
    String name = count == 1 ? "name=\"files\";" : "name=\"files[]\";";
    assertThat(bodies.get(0).split(Pattern.quote(name), -1)).hasSize(count + 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",\"output_text\":null", ",\"output_text\":7", ",\"output_text\":{}"})
  void anOutputThatIsNotThereIsRead(String output) {
    answer = "{\"id\":\"wrk_1\"" + output + "}";
    assertThat(insert("output_text", "structured_output"))
        .containsEntry("output_text", "done")
        .containsEntry("structured_output", "{\"a\":1}");
    assertThat(sent).containsExactly("POST /api/tasks", "GET /api/tasks/{id}/turns");
  }

  /** An answer that comes before the end is not the last word. */
  @ParameterizedTest
  @ValueSource(strings = {"\"running\":true", "\"status\":\"running\"", "\"status\":\"pending\""})
  void aRunThatGoesOnIsWaitedFor(String state) {
    looksUntilEnd = 2;
    answer = "{\"id\":\"wrk_1\",\"output_text\":\"half\"," + state + ",\"usage\":{\"credits\":1}}";
    assertThat(insert("output_text", "credits"))
        .containsEntry("output_text", "done")
        .containsEntry("credits", 7L);
    assertThat(sent)
        .containsExactly(
            "POST /api/tasks",
            "GET /api/tasks/{id}/turns",
            "GET /api/tasks/{id}/turns",
            "GET /api/tasks/{id}/turns",
            "GET /api/tasks/{id}");
  }

  @Test
  void aRunWhoseAnswerIsLostIsWaitedFor() {
    looksUntilEnd = 1;
    answer = null;
    assertThat(insert("output_text")).containsEntry("output_text", "done");
    assertThat(sent)
        .containsExactly(
            "POST /api/tasks",
            "GET /api/tasks/{id}",
            "GET /api/tasks/{id}/turns",
            "GET /api/tasks/{id}/turns");
  }

  /** The task is there and its output is not: no empty text stands for it. */
  @Test
  void aRunThatDoesNotEndIsNoAnswer() {
    looksUntilEnd = 9;
    answer = null;
    NotReturnedException failure =
        catchThrowableOfType(
            NotReturnedException.class, () -> insert("id", "output_text", "input"));
    assertThat(failure.kind()).isEqualTo(ErrorKind.BAD_ANSWER);
    assertThat(failure)
        .hasMessageContaining("was written")
        .hasMessageContaining("has not ended yet");
    assertThat(failure.known()).containsEntry("input", "go").containsKey("id");
    assertThat(failure.known()).doesNotContainKey("output_text");
    assertThat(source.service().known().created()).hasSize(1);
  }
}
