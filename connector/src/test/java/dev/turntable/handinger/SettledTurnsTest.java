package dev.turntable.handinger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.PromptServer;
import dev.turntable.http.Settlement;
import dev.turntable.http.TestConfig;
import dev.turntable.source.ConnectionLimits;
import dev.turntable.source.ConnectionScope;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.Inserter;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A turn whose answer is lost is told from those that were there, or said to be unknown. */
final class SettledTurnsTest {
  private final MockWebServer server = PromptServer.create();
  private final List<String> turns = new CopyOnWriteArrayList<>();
  private final List<String> uncounted = new CopyOnWriteArrayList<>();
  private final ConnectionScope connection = new ConnectionScope(ConnectionLimits.DEFAULT);
  private HandingerSource source;
  private boolean together;
  private String status = "completed";
  private Runnable onPost = () -> {};
  private boolean answers;

  @BeforeEach
  void start() throws IOException {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            if (request.getMethod().equals("POST")) {
              onPost.run();
              return answers
                  ? json("{\"id\":\"wrk_1\"}")
                  : new MockResponse.Builder()
                      .onResponseStart(new SocketEffect.CloseSocket())
                      .build();
            }
            return request.getTarget().endsWith("/turns")
                ? together
                    ? new MockResponse(404, Headers.of("Content-Type", "text/html"), "no")
                    : json("{\"taskId\":\"t\",\"items\":[" + all() + "]}")
                : json(task());
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

  private String task() {
    return "{\"task\":{\"id\":\"t\",\"workerId\":\"wrk_1\",\"status\":\""
        + status
        + "\",\"totals\":{\"turnCount\":"
        + turns.size()
        + "}}"
        + (together ? ",\"turns\":[" + all() + "]" : "")
        + "}";
  }

  private String all() {
    List<String> all = new ArrayList<>(turns);
    all.addAll(uncounted);
    return String.join(",", all);
  }

  private static String turn(String id, int seq, String input) {
    return "{\"id\":\""
        + id
        + "\",\"taskId\":\"t\",\"seq\":"
        + seq
        + ",\"input\":\""
        + input
        + "\",\"status\":\"completed\"}";
  }

  private List<Object> insert(StatementScope scope) {
    Inserter inserter =
        new TurnInserter(source.service(), new Settlement(List.of(Duration.ZERO, Duration.ZERO)));
    return inserter.insert(new Inserter.Row(Map.of("task_id", "t", "input", "go"), true), scope);
  }

  /** Returns the id of the turn that was added, or the kind of the failure. */
  private Object outcome() {
    try (StatementScope scope = connection.statement("INSERT", Duration.ZERO)) {
      return insert(scope).get(0);
    } catch (TurntableException e) {
      return e.kind();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theNewOneIsFound(boolean withTask) {
    together = withTask;
    turns.add(turn("trn_0", 0, "go"));
    onPost = () -> turns.add(turn("trn_1", 1, "go"));
    assertThat(outcome()).isEqualTo("trn_1");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anOlderOneWithTheSameInputIsNotTaken(boolean withTask) {
    together = withTask;
    turns.add(turn("trn_0", 0, "go"));
    assertThat(outcome()).isEqualTo(ErrorKind.OUTCOME_UNKNOWN);
  }

  /** It is listed, but not counted yet. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void oneUnderWayThatIsNotCountedYetIsNotTaken(boolean withTask) {
    together = withTask;
    status = "running";
    turns.add(turn("trn_0", 0, "other"));
    uncounted.add(turn("trn_other", 1, "go"));
    assertThat(outcome()).isEqualTo(ErrorKind.OUTCOME_UNKNOWN);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theNewOneIsFoundBesideOneUnderWay(boolean withTask) {
    together = withTask;
    status = "running";
    uncounted.add(turn("trn_other", 0, "go"));
    onPost = () -> uncounted.add(turn("trn_1", 1, "go"));
    assertThat(outcome()).isEqualTo("trn_1");
  }

  /** Two that could be it, of which one is another client's. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void ofTwoNewOnesNobodyKnows(boolean withTask) {
    together = withTask;
    turns.add(turn("trn_0", 0, "go"));
    onPost =
        () -> {
          turns.add(turn("trn_1", 1, "go"));
          turns.add(turn("trn_2", 2, "go"));
        };
    assertThat(outcome()).isEqualTo(ErrorKind.OUTCOME_UNKNOWN);
  }

  /** The write is done; only its key is not known. */
  @Test
  void aKeyIsNotGuessedEither() {
    answers = true;
    turns.add(turn("trn_0", 0, "go"));
    onPost =
        () -> {
          turns.add(turn("trn_1", 1, "go"));
          turns.add(turn("trn_2", 2, "go"));
        };
    try (StatementScope scope = connection.statement("INSERT", Duration.ZERO)) {
      assertThat(insert(scope)).containsExactly((Object) null);
      assertThat(scope.warnings()).singleElement().asString().contains("could not be read");
    }
  }
}
