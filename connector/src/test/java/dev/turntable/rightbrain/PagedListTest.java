package dev.turntable.rightbrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.turntable.PromptServer;
import dev.turntable.source.ConnectionLimits;
import dev.turntable.source.ConnectionScope;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.Fetch;
import dev.turntable.source.Page;
import dev.turntable.source.ScanRequest;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TableDef;
import dev.turntable.source.TaskSource;
import dev.turntable.source.TurntableException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Headers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists are read to the end that their cursors tell, whatever the pages look like. */
final class PagedListTest {
  private static final String ID = MockRightbrain.ID;
  private static final String REQUIRED =
      "\"task_id\":\"" + ID + "\",\"task_revision_id\":\"" + ID + "\",\"run_data\":{}";

  private final MockWebServer server = PromptServer.create();
  private final ConnectionScope connection = new ConnectionScope(ConnectionLimits.DEFAULT);
  private final StatementScope scope = connection.statement("SELECT 1", Duration.ZERO);
  private TaskSource source;

  @BeforeEach
  void start() throws IOException {
    source = MockRightbrain.start(server, connection);
  }

  @AfterEach
  void stop() {
    source.close();
    connection.close();
    server.close();
  }

  private static String run(String id, String more) {
    return "{\"id\":\""
        + id
        + "\","
        + REQUIRED
        + ",\"created\":\"2026-05-01T10:00:00Z\""
        + more
        + "}";
  }

  private void page(String runs, String pagination) {
    answer(200, "{\"results\":[" + runs + "],\"pagination\":" + pagination + ",\"more\":{}}");
  }

  private void answer(int status, String body) {
    server.enqueue(new MockResponse(status, Headers.of("Content-Type", "application/json"), body));
  }

  private static String pagination(String hasNext, String cursor) {
    return "{\"has_next\":" + hasNext + ",\"next_cursor\":" + cursor + "}";
  }

  @SuppressWarnings("unchecked")
  private List<Run> runs() {
    TableDef<Run> table = (TableDef<Run>) MockRightbrain.runs(source, scope);
    Deque<Fetch<Run>> steps =
        new ArrayDeque<>(
            table.paths().get(table.paths().size() - 1).open(ScanRequest.all(Set.of()), scope));
    List<Run> rows = new ArrayList<>();
    while (!steps.isEmpty()) {
      Page<Run> page = steps.removeFirst().fetch(scope);
      rows.addAll(page.rows());
      page.next().forEach(steps::addLast);
    }
    return rows;
  }

  private TurntableException fails(ErrorKind kind) {
    TurntableException failure = catchThrowableOfType(TurntableException.class, this::runs);
    assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(kind);
    return failure;
  }

  @Test
  void emptyAndShortPagesAreNoEnd() {
    page("", pagination("true", "\"a\""));
    page(run("1", ""), pagination("null", "\"b\""));
    page(run("2", ""), pagination("false", "\"c\""));
    assertThat(runs()).extracting(Run::id).containsExactly("1", "2");
    assertThat(server.getRequestCount()).isEqualTo(3);
  }

  @Test
  void withoutHasNextTheCursorTells() {
    page(run("1", ""), "{\"next_cursor\":\"a\"}");
    page(run("2", ""), "{}");
    assertThat(runs()).hasSize(2);
    page(run("1", ""), "null");
    assertThat(runs()).hasSize(1);
  }

  @Test
  void aFurtherPageWithoutCursorIsAnError() {
    page(run("1", ""), pagination("true", "null"));
    assertThat(fails(ErrorKind.BAD_ANSWER)).hasMessageContaining("without a cursor");
  }

  @Test
  void aCursorThatComesTwiceIsAnError() {
    page(run("1", ""), pagination("true", "\"a\""));
    page(run("2", ""), pagination("true", "\"b\""));
    page(run("3", ""), pagination("true", "\"a\""));
    assertThat(fails(ErrorKind.BAD_ANSWER)).hasMessageContaining("'a' came twice");
  }

  private static String runs(int count) {
    return java.util.stream.IntStream.range(0, count)
        .mapToObj(i -> run("r" + i, ""))
        .collect(java.util.stream.Collectors.joining(","));
  }

  /** Such a page may be the last one, or the first of many. */
  @ParameterizedTest
  @ValueSource(
      strings = {"null", "{}", "{\"has_next\":null,\"next_cursor\":null}", "{\"page_limit\":100}"})
  void aFullPageThatSaysNothingIsNoEnd(String pagination) {
    page(runs(100), pagination);
    assertThat(fails(ErrorKind.BAD_ANSWER))
        .hasMessageContaining("does not say whether more follows");
    page(runs(99), pagination);
    assertThat(runs()).hasSize(99);
    page(runs(100), pagination("false", "null"));
    assertThat(runs()).hasSize(100);
  }

  @Test
  void anEmptyCursorIsNone() {
    page(run("1", ""), pagination("null", "\"a\""));
    page(run("2", ""), pagination("null", "\"\""));
    assertThat(runs()).hasSize(2);
    page(run("1", ""), pagination("true", "\"a\""));
    page(run("2", ""), pagination("false", "\"\""));
    assertThat(runs()).hasSize(2);
    page(run("1", ""), pagination("true", "\"\""));
    assertThat(fails(ErrorKind.BAD_ANSWER)).hasMessageContaining("without a cursor");
  }

  /** Always with another cursor. */
  private void endless(java.util.function.IntFunction<String> rows) {
    server.setDispatcher(
        new Dispatcher() {
          private int number;

          @Override
          public synchronized MockResponse dispatch(RecordedRequest request) {
            number++;
            return new MockResponse(
                200,
                Headers.of("Content-Type", "application/json"),
                "{\"results\":["
                    + rows.apply(number)
                    + "],\"pagination\":"
                    + pagination("true", "\"c" + number + "\"")
                    + "}");
          }
        });
  }

  @Test
  void aListThatGoesOnWithoutANewRowEnds() {
    endless(number -> run("same", ""));
    assertThat(fails(ErrorKind.BAD_ANSWER)).hasMessageContaining("without a new row");
    assertThat(server.getRequestCount()).isLessThan(50);
    endless(number -> run("r" + number % 7, ""));
    assertThat(fails(ErrorKind.BAD_ANSWER)).hasMessageContaining("without a new row");
    endless(number -> "");
    assertThat(fails(ErrorKind.BAD_ANSWER)).hasMessageContaining("pages were empty");
  }

  @Test
  void allParametersStayWhileCursorsAreFollowed() throws Exception {
    page("", pagination("true", "\"a\""));
    page("", pagination("false", "null"));
    runs();
    String first = server.takeRequest().getTarget();
    assertThat(first).contains("start_date=").contains("page_limit=100");
    assertThat(server.takeRequest().getTarget()).isEqualTo(first + "&cursor=a");
  }

  @Test
  void runsOfAnyAge() {
    page(
        run(
                "1",
                ",\"is_error\":null,\"llm_retries\":null,\"used_fallback_model\":null,"
                    + "\"charged_credits\":\"+.5\",\"response\":\"text\",\"unknown\":[{}]")
            + ","
            + run("2", ",\"charged_credits\":\"7.\",\"llm_call_timing\":0.00015282")
                .replace("10:00:00Z", "10:00:00.123456"),
        "null");
    List<Run> runs = runs();
    assertThat(runs.get(0).status()).isEqualTo("success");
    assertThat(runs.get(0).llmRetries()).isZero();
    assertThat(runs.get(0).chargedCredits()).isEqualByComparingTo("0.5");
    assertThat(runs.get(0).response()).isEqualTo("\"text\"");
    assertThat(runs.get(0).totalTokens()).isNull();
    assertThat(runs.get(1).chargedCredits()).isEqualByComparingTo("7");
    assertThat(runs.get(1).created()).isEqualTo("2026-05-01T10:00:00.123456Z");
  }

  @Test
  void aRunWithoutItsTimeIsAnError() {
    page(run("1", "").replace("created", "creation"), "null");
    assertThat(fails(ErrorKind.BAD_ANSWER)).hasMessageContaining("created");
  }

  @Test
  void anyOther404IsTheWrongPlace() {
    answer(404, "{\"detail\":\"Not Found\"}");
    assertThat(fails(ErrorKind.UNREACHABLE)).hasMessageContaining("rightbrain.baseUrl");
  }

  @Test
  void aStartThatIsRefusedIsNotLeftOut() {
    answer(
        422,
        "{\"detail\":[{\"loc\":[\"query\",\"start_date\"],\"msg\":\"bad date\",\"type\":\"x\"}]}");
    assertThat(fails(ErrorKind.BAD_VALUE)).hasMessageContaining("bad date");
    assertThat(server.getRequestCount()).isEqualTo(1);
  }
}
