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
import dev.turntable.source.TurntableException;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.Headers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What RETURNING gives of a turn, what of it is read, and what is said where that cannot be had. */
final class ReturnedTurnsTest {
  private static final RunEnd TWO_LOOKS = new RunEnd(List.of(Duration.ZERO, Duration.ZERO));
  private static final Settlement ONE_LOOK = new Settlement(List.of(Duration.ZERO));
  private static final String TASK = "GET /api/tasks/t";
  private static final String TURNS = "GET /api/tasks/t/turns";
  private static final String POST = "POST /api/tasks";

  private final MockWebServer server = PromptServer.create();
  private final ConnectionScope connection = new ConnectionScope(ConnectionLimits.DEFAULT);
  private final List<String> sent = new CopyOnWriteArrayList<>();
  private final List<String> bodies = new CopyOnWriteArrayList<>();
  private HandingerSource source;

  /** The answer to the POST; null cuts it. */
  private String answer = "{\"id\":\"wrk_1\",\"output_text\":\"done\"}";

  private String status = "completed";

  /** How often the new turn is looked at before it is there, and before it has ended. */
  private int looksUntilThere;

  private int looksUntilEnd;

  private int turnsStatus = 200;
  private int postStatus = 200;

  @BeforeEach
  void start() throws IOException {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            sent.add(request.getMethod() + " " + request.getTarget());
            if (request.getMethod().equals("POST")) {
              bodies.add(String.valueOf(request.getBody().utf8()));
              return answer == null
                  ? new MockResponse.Builder()
                      .onResponseStart(new SocketEffect.CloseSocket())
                      .build()
                  : json(postStatus, answer);
            }
            return request.getTarget().endsWith("/turns")
                ? json(turnsStatus, turns())
                : json(
                    200,
                    "{\"task\":{\"id\":\"t\",\"workerId\":\"wrk_1\",\"status\":\""
                        + status
                        + "\",\"totals\":{\"turnCount\":1}}}");
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
    source.service().shape().learn(TurnsEndpointProbe.Turns.APART);
  }

  @AfterEach
  void stop() {
    source.close();
    connection.close();
    server.close();
    Shapes.forget("http://127.0.0.1:" + server.getPort());
  }

  private static MockResponse json(int status, String body) {
    return new MockResponse(status, Headers.of("Content-Type", "application/json"), body);
  }

  private String turns() {
    List<String> turns = new ArrayList<>(List.of(turn("trn_0", 0, "first", true)));
    if (bodies.size() > 0 && looksUntilThere-- <= 0) {
      turns.add(turn("trn_1", 1, "go", looksUntilEnd-- <= 0));
    }
    return "{\"taskId\":\"t\",\"next\":{\"a\":1},\"items\":[" + String.join(",", turns) + "]}";
  }

  private static String turn(String id, int seq, String input, boolean ended) {
    return "{\"id\":\""
        + id
        + "\",\"taskId\":\"t\",\"seq\":"
        + seq
        + ",\"input\":\""
        + input
        + "\",\"outputText\":\""
        + (ended ? "read" : "")
        + "\",\"structuredOutput\":{\"a\":1}"
        + (ended ? ",\"completedAt\":\"2026-05-11T09:14:48.000Z\"}" : "}");
  }

  private TurnInserter inserter() {
    return new TurnInserter(source.service(), ONE_LOOK, TWO_LOOKS);
  }

  private static Row row() {
    return new Row(Map.of("task_id", "t", "input", "go", "budget", "low"), true);
  }

  private Map<String, Object> insert(String... columns) {
    try (StatementScope scope = connection.statement("INSERT", Duration.ZERO)) {
      return inserter().insert(row(), Set.of(columns), scope);
    }
  }

  private NotReturnedException notReturned(String... columns) {
    NotReturnedException failure =
        catchThrowableOfType(NotReturnedException.class, () -> insert(columns));
    assertThat(failure).as("an error").isNotNull();
    assertThat(failure).hasMessageContainingAll("a turn of the task 't'", "was written");
    assertThat(failure.known())
        .containsEntry("task_id", "t")
        .containsEntry("input", "go")
        .containsEntry("budget", "low");
    return failure;
  }

  @Test
  void whatTheAnswerHoldsIsNotReadAgain() {
    answer = "{\"id\":\"wrk_1\",\"output_text\":\"done\",\"structured_output\":{\"b\":2}}";
    assertThat(insert("task_id", "input", "budget", "output_text", "structured_output"))
        .containsEntry("task_id", "t")
        .containsEntry("input", "go")
        .containsEntry("budget", "low")
        .containsEntry("output_text", "done")
        .containsEntry("structured_output", "{\"b\":2}");
    assertThat(sent).containsExactly(TASK, POST);
    assertThat(bodies)
        .containsExactly(
            "{\"input\":\"go\",\"budget\":\"low\",\"taskId\":\"t\",\"workerId\":\"wrk_1\"}");
  }

  @Test
  void theRestIsReadOnceWhereTheRunHasEnded() {
    assertThat(insert("id", "seq", "budget", "output_text"))
        .containsEntry("id", "trn_1")
        .containsEntry("seq", 1L)
        .containsEntry("budget", "low")
        .containsEntry("output_text", "read");
    assertThat(sent).containsExactly(TASK, POST, TURNS);
  }

  @Test
  void anAnswerWithoutOutputIsRead() {
    answer = "{\"id\":\"wrk_1\",\"structured_output\":{\"b\":2}}";
    assertThat(insert("output_text", "structured_output"))
        .containsEntry("output_text", "read")
        .containsEntry("structured_output", "{\"a\":1}");
    assertThat(sent).containsExactly(TASK, POST, TURNS);
  }

  /** What it says of its output before its end is not the last word. */
  @Test
  void aRunThatGoesOnIsWaitedFor() {
    answer = "{\"id\":\"wrk_1\",\"output_text\":\"half\",\"running\":true}";
    looksUntilEnd = 1;
    assertThat(insert("output_text")).containsEntry("output_text", "read");
    assertThat(sent).containsExactly(TASK, POST, TURNS, TURNS);
  }

  @Test
  void aTurnThatIsNotThereYetIsWaitedFor() {
    answer = "{\"id\":\"wrk_1\",\"status\":\"running\"}";
    looksUntilThere = 1;
    assertThat(insert("id")).containsEntry("id", "trn_1");
    assertThat(sent).containsExactly(TASK, POST, TURNS, TURNS);
  }

  @Test
  void aRunThatDoesNotEndIsNoAnswer() {
    answer = "{\"id\":\"wrk_1\",\"running\":true}";
    looksUntilEnd = 9;
    assertThat(notReturned("id"))
        .hasMessageContainingAll("its run has not ended yet", "handinger.turns with task_id 't'");
    assertThat(sent).containsExactly(TASK, POST, TURNS, TURNS);
  }

  @Test
  void aTurnThatIsNotListedIsNoOther() {
    looksUntilThere = 9;
    NotReturnedException failure = notReturned("id");
    assertThat(failure.kind()).isEqualTo(ErrorKind.BAD_ANSWER);
    assertThat(failure).hasMessageContaining(TurnAnswers.NOT_FOUND);
    assertThat(failure.known()).containsEntry("output_text", "done");
    assertThat(sent).containsExactly(TASK, POST, TURNS);
  }

  @Test
  void aFailureToReadItIsTold() {
    turnsStatus = 403;
    assertThat(notReturned("id").kind()).isEqualTo(ErrorKind.FORBIDDEN);
  }

  /** The turn that settles the write is not read again. */
  @Test
  void aTurnThatWasFoundAtItsEndIsReturned() {
    answer = null;
    assertThat(insert("id", "output_text", "budget"))
        .containsEntry("id", "trn_1")
        .containsEntry("output_text", "read")
        .containsEntry("budget", "low");
    assertThat(sent).containsExactly(TASK, POST, TURNS);
  }

  @Test
  void oneThatWasFoundBeforeItsEndIsWaitedFor() {
    answer = null;
    looksUntilEnd = 2;
    assertThat(insert("output_text")).containsEntry("output_text", "read");
    assertThat(sent).containsExactly(TASK, POST, TURNS, TURNS, TURNS);
  }

  /** Nothing was written: there is nothing to look for. */
  @Test
  void aTurnThatIsRefusedIsNotLookedFor() {
    postStatus = 402;
    answer = "{\"error\":\"no credits\"}";
    TurntableException failure = catchThrowableOfType(TurntableException.class, () -> insert("id"));
    assertThat(failure.kind()).isNotEqualTo(ErrorKind.OUTCOME_UNKNOWN);
    assertThat(failure).isNotInstanceOf(NotReturnedException.class);
    assertThat(failure).hasMessageContaining("no credits");
    assertThat(sent).containsExactly(TASK, POST);
  }

  /** Where a turn is under way, the ids of those that are there are read first, if they may be. */
  @Test
  void ofATaskUnderWayTheTurnsAreReadFirst() {
    status = "running";
    insert("task_id", "output_text", "structured_output");
    assertThat(sent).containsExactly(TASK, TURNS, POST);
  }

  @Test
  void whereTheBudgetForbidsThatTheWriteGoesOnWithoutThem() {
    status = "running";
    ConnectionLimits two = new ConnectionLimits(2, 8, 4, Duration.ZERO, false);
    try (ConnectionScope tight = new ConnectionScope(two)) {
      HandingerSource other =
          (HandingerSource)
              new HandingerProvider()
                  .open(
                      TestConfig.at("http://127.0.0.1:" + server.getPort())
                          .with("apiKey", "key_secret")
                          .source("handinger"),
                      tight);
      try (StatementScope scope = tight.statement("INSERT", Duration.ZERO)) {
        scope.countRequest("an earlier one");
        TurnInserter inserter = new TurnInserter(other.service(), ONE_LOOK, TWO_LOOKS);
        TurntableException failure =
            catchThrowableOfType(
                TurntableException.class, () -> inserter.insert(row(), Set.of("task_id"), scope));
        assertThat(failure.kind()).isEqualTo(ErrorKind.BUDGET);
        assertThat(failure).hasMessageContaining("POST /api/tasks");
      }
      other.close();
    }
    assertThat(sent).containsExactly(TASK);
  }

  @Test
  void aFailureOfThatReadingWritesNothing() {
    status = "running";
    turnsStatus = 403;
    TurntableException failure = catchThrowableOfType(TurntableException.class, () -> insert("id"));
    assertThat(failure.kind()).isEqualTo(ErrorKind.FORBIDDEN);
    assertThat(sent).containsExactly(TASK, TURNS);
  }

  @Test
  void readingsAreForeseen() {
    TurnInserter inserter = inserter();
    List<Row> rows = List.of(row(), row());
    assertThat(inserter.estimate(rows))
        .containsExactly(
            RequestEstimate.exactly(HandingerApi.TASK, 2),
            RequestEstimate.exactly(HandingerApi.CREATE, 2));
    assertThat(inserter.estimateReadings(rows, Set.of("task_id", "output_text"))).isEmpty();
    assertThat(inserter.estimateReadings(rows, Set.of("id")))
        .containsExactly(RequestEstimate.exactly(HandingerApi.TURNS, 2));
    assertThat(inserter.lane(row())).isEqualTo("t");
    assertThat(inserter.generatedKeys()).containsExactly("id");
  }
}
