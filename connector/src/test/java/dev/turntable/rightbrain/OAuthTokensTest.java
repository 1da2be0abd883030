package dev.turntable.rightbrain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.PromptServer;
import dev.turntable.Until;
import dev.turntable.http.TestConfig;
import dev.turntable.source.ConnectionLimits;
import dev.turntable.source.ConnectionScope;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.Fetch;
import dev.turntable.source.Inserter;
import dev.turntable.source.Page;
import dev.turntable.source.ScanRequest;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TableDef;
import dev.turntable.source.TaskSource;
import dev.turntable.source.TurntableException;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Headers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens are renewed whenever the service refuses one, whoever else waits for what. */
@Timeout(60)
final class OAuthTokensTest {
  private static final String ID = "019011e6-e530-3aca-6cf7-2973387c255d";
  private static final String RUN =
      "{\"id\":\"%s\",\"task_id\":\""
          + ID
          + "\",\"task_revision_id\":\""
          + ID
          + "\",\"run_data\":{},\"created\":\"2026-05-01T10:00:00Z\"}";
  private static final int STATEMENTS = 64;

  private final MockWebServer server = PromptServer.create();
  private final AtomicInteger minted = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicInteger posts = new AtomicInteger();
  private IntFunction<MockResponse> tokens =
      number -> json(200, "{\"access_token\":\"token-" + number + "\",\"expires_in\":3600}");
  private Predicate<String> accepted = token -> true;
  private CountDownLatch allThere = new CountDownLatch(0);
  private ConnectionScope connection;
  private TaskSource source;

  @BeforeEach
  void start() throws IOException {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return request.getTarget().startsWith("/token")
                ? tokens.apply(minted.incrementAndGet())
                : answer(request);
          }
        });
    server.start(InetAddress.getLoopbackAddress(), 0);
  }

  private MockResponse answer(RecordedRequest request) {
    boolean write = request.getMethod().equals("POST");
    if (write) {
      posts.incrementAndGet();
    }
    allThere.countDown();
    await(allThere);
    String token = request.getHeaders().get("Authorization").substring("Bearer ".length());
    if (!accepted.test(token)) {
      refused.incrementAndGet();
      return json(401, "{\"error\":{\"code\":401,\"message\":\"credentials are invalid\"}}");
    }
    if (write) {
      return json(200, RUN.formatted(ID));
    }
    String target = request.getTarget();
    int page =
        target.contains("cursor=") ? Integer.parseInt(target.replaceAll(".*cursor=", "")) : 0;
    String next = page == 4 ? "null" : "\"" + (page + 1) + "\"";
    return json(
        200,
        "{\"results\":["
            + RUN.formatted("run-" + page)
            + "],\"pagination\":{\"has_next\":"
            + (page < 4)
            + ",\"next_cursor\":"
            + next
            + "}}");
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static MockResponse json(int status, String body) {
    return new MockResponse(status, Headers.of("Content-Type", "application/json"), body);
  }

  private void connect(int maxConcurrentRequests, String... more) {
    connection =
        new ConnectionScope(
            new ConnectionLimits(0, maxConcurrentRequests, 4, Duration.ZERO, false));
    String url = "http://127.0.0.1:" + server.getPort();
    TestConfig config =
        TestConfig.at(url + "/api/v1")
            .with("maxRetries", "0")
            .with("clientId", "client")
            .with("clientSecret", "client_secret")
            .with("tokenUrl", url + "/token")
            .with("orgId", ID)
            .with("projectId", ID);
    for (int i = 0; i < more.length; i += 2) {
      config.with(more[i], more[i + 1]);
    }
    source = new RightbrainProvider().open(config.source("rightbrain"), connection);
  }

  @AfterEach
  void stop() {
    source.close();
    connection.close();
    server.close();
  }

  @SuppressWarnings("unchecked")
  private TableDef<Run> table(StatementScope scope) {
    return (TableDef<Run>)
        source.schemas().get(0).loader().apply(scope).stream()
            .filter(each -> each.name().equals("task_runs"))
            .findFirst()
            .orElseThrow();
  }

  private int runs(Duration timeout) {
    try (StatementScope scope = connection.statement("SELECT", timeout)) {
      TableDef<Run> table = table(scope);
      Deque<Fetch<Run>> steps =
          new ArrayDeque<>(
              table.paths().get(table.paths().size() - 1).open(ScanRequest.all(Set.of()), scope));
      int rows = 0;
      while (!steps.isEmpty()) {
        Page<Run> page = steps.removeFirst().fetch(scope);
        rows += page.rows().size();
        page.next().forEach(steps::addLast);
      }
      return rows;
    }
  }

  private ErrorKind end(Duration timeout) {
    try {
      runs(timeout);
      return ErrorKind.INTERNAL;
    } catch (TurntableException e) {
      return e.kind();
    }
  }

  private <T> List<T> atOnce(int count, java.util.function.Supplier<T> work) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(count);
    try {
      List<Future<T>> running = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        running.add(threads.submit(work::get));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> each : running) {
        results.add(each.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }

  /** The service forgets its tokens while a scan is at its third page. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8})
  void aScanGoesOnWhoseTokenIsRefused(int slots) {
    connect(slots);
    AtomicInteger pages = new AtomicInteger();
    accepted = token -> !token.equals("token-1") || pages.incrementAndGet() <= 2;
    assertThat(runs(Duration.ZERO)).isEqualTo(5);
    assertThat(minted).hasValue(2);
    assertThat(refused).hasValue(1);
    assertThat(connection.readSlots().availablePermits()).isEqualTo(slots);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 8, 64})
  void oneTokenForManyStatementsThatAreRefusedAtOnce(int slots) throws Exception {
    connect(slots);
    runs(Duration.ZERO);
    accepted = token -> !token.equals("token-1");
    allThere = new CountDownLatch(slots);
    assertThat(atOnce(STATEMENTS, () -> runs(Duration.ZERO))).containsOnly(5);
    assertThat(minted).hasValue(2);
  }

  /** Those that wait share the failure: the endpoint is not asked once for each of them. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "503 {\"error\":\"down\"}",
        "200 nonsense",
        "200 []",
        "200 {\"access_token\":5}",
        "200 {\"expires_in\":3600}",
        "200 {\"access_token\":\"a b\"}",
        "400 {\"error\":\"invalid_client\"}"
      })
  void anEndpointThatGivesNoTokenFailsAllThatWait(String answer) throws Exception {
    connect(8);
    CountDownLatch waiting = new CountDownLatch(1);
    tokens =
        number -> {
          if (number == 1) {
            await(waiting);
          }
          return json(Integer.parseInt(answer.substring(0, 3)), answer.substring(4));
        };
    Thread opener =
        new Thread(
            () -> {
              while (connection.log().records().isEmpty() && waiting.getCount() > 0) {
                if (STATEMENTS == waitingThreads()) {
                  waiting.countDown();
                }
                Until.moment();
              }
            });
    opener.setDaemon(true);
    opener.start();
    List<ErrorKind> ends = atOnce(STATEMENTS, () -> end(Duration.ZERO));
    assertThat(ends)
        .hasSize(STATEMENTS)
        .allMatch(
            kind ->
                kind == ErrorKind.BAD_ANSWER
                    || kind == ErrorKind.BAD_VALUE
                    || kind == ErrorKind.AUTHENTICATION);
    assertThat(minted.get()).isEqualTo(1);
    assertThat(connection.readSlots().availablePermits()).isEqualTo(8);
  }

  /** Returns how many statements wait for a token, or mint it. */
  private static long waitingThreads() {
    return Thread.getAllStackTraces().values().stream()
        .filter(
            trace ->
                java.util.Arrays.stream(trace)
                    .anyMatch(frame -> frame.getMethodName().equals("renewed")))
        .count();
  }

  /** Starts a statement that mints, with more time where that was over before it had asked. */
  private Future<ErrorKind> mintingUntilTimeOut(
      ExecutorService threads, CountDownLatch asked, Duration timeout) {
    Future<ErrorKind> minting = threads.submit(() -> end(timeout));
    Until.holds(
        "it asks for a token, or its time is over",
        () -> asked.getCount() == 0 || minting.isDone());
    return asked.getCount() == 0
        ? minting
        : mintingUntilTimeOut(threads, asked, timeout.multipliedBy(2));
  }

  /** Only the one that asks ends by its own time-out; another one asks in its place. */
  @Test
  void aStatementThatEndsWhileItMintsTakesNobodyAlong() throws Exception {
    connect(8);
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    tokens =
        number -> {
          if (number == 1) {
            asked.countDown();
            await(ended);
          }
          return json(200, "{\"access_token\":\"token-" + number + "\"}");
        };
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<ErrorKind> minting = mintingUntilTimeOut(threads, asked, Duration.ofMillis(700));
      Future<Integer> other = threads.submit(() -> runs(Duration.ZERO));
      assertThat(minting.get()).isEqualTo(ErrorKind.TIMEOUT);
      ended.countDown();
      assertThat(other.get()).isEqualTo(5);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aSlowEndpointEndsWithTheTimeOutOfEach() throws Exception {
    connect(2, "requestTimeout", "30");
    CountDownLatch never = new CountDownLatch(1);
    tokens =
        number -> {
          await(never);
          return json(503, "{}");
        };
    try {
      assertThat(atOnce(8, () -> end(Duration.ofMillis(500)))).containsOnly(ErrorKind.TIMEOUT);
      assertThat(connection.readSlots().availablePermits()).isEqualTo(2);
    } finally {
      never.countDown();
    }
  }

  private ErrorKind insert() {
    try (StatementScope scope = connection.statement("INSERT", Duration.ZERO)) {
      Inserter.Row row = new Inserter.Row(Map.of("task_id", ID, "input", "{}"), true);
      table(scope).inserter().insert(row, scope);
      return ErrorKind.INTERNAL;
    } catch (TurntableException e) {
      return e.kind();
    }
  }

  /** A token that was made for this very statement was not refused for its age. */
  @Test
  void aRunIsSentAgainOnlyIfItsTokenIsOld() {
    connect(8);
    accepted = token -> false;
    assertThat(insert()).isEqualTo(ErrorKind.AUTHENTICATION);
    assertThat(posts).hasValue(1);
    assertThat(minted).hasValue(1);
    accepted = token -> !token.equals("token-1");
    assertThat(insert()).isEqualTo(ErrorKind.INTERNAL);
    assertThat(posts).hasValue(3);
    assertThat(minted).hasValue(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "3600",
        "3600.0",
        "3.6e3",
        "\"3600\"",
        "0",
        "-5",
        "null",
        "\"\"",
        "\"never\"",
        "true",
        "{}",
        "[1]",
        "1e99",
        "1795000000",
        "1795000000000",
        "99999999999999999999999999",
        "\"NaN\""
      })
  void anyLifeWillDo(String life) {
    connect(8);
    tokens =
        number ->
            json(200, "{\"access_token\":\"token-" + number + "\",\"expires_in\":" + life + "}");
    assertThat(runs(Duration.ZERO)).isEqualTo(5);
    assertThat(minted.get()).isBetween(1, 5);
  }

  /** A request on its way and a clock that differs take a part of the life: a tenth is left for them. */
  @Test
  void aTokenIsUsedForNineTenthsOfItsLife() {
    AtomicInteger life = new AtomicInteger(500);
    tokens =
        number ->
            json(
                200,
                "{\"access_token\":\"token-"
                    + number
                    + "\",\"expires_in\":"
                    + life.get() / 1000.0
                    + "}");
    connect(8);
    long made = 0;
    Duration most = Duration.ZERO;
    int have = 0;
    int kept = 0;
    // Where a statement takes longer than its token lives, tokens live longer.
    for (int i = 0; i < 10_000 && (kept == 0 || minted.get() == have); i++) {
      long asked = System.nanoTime();
      runs(Duration.ZERO);
      if (i > 0 && minted.get() == have) {
        kept++;
        assertThat(Duration.ofNanos(asked - made)).as("the age of a token in use").isLessThan(most);
      } else if (kept == 0) {
        have = minted.get();
        made = System.nanoTime();
        most = Duration.ofMillis(life.get() * 95L / 100);
        life.set(Math.min(8000, life.get() * (i == 0 ? 1 : 2)));
      }
    }
    assertThat(kept).as("statements that took a token again").isPositive();
    assertThat(minted.get()).as("tokens").isGreaterThan(have);
  }

  @Test
  void aTokenIsMintedOnceForManyStatements() {
    connect(8);
    for (int i = 0; i < 20; i++) {
      runs(Duration.ZERO);
    }
    assertThat(minted).hasValue(1);
  }
}
