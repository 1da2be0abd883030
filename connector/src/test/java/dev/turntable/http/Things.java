package dev.turntable.http;

import dev.turntable.PromptServer;
import dev.turntable.source.ConnectionLimits;
import dev.turntable.source.ConnectionScope;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocketFactory;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import retrofit2.Call;
import retrofit2.http.Body;
import retrofit2.http.DELETE;
import retrofit2.http.GET;
import retrofit2.http.POST;
import retrofit2.http.Path;

/** A small service of things with one connection to it. Backoff takes no time. */
final class Things implements AutoCloseable {
  static final String KEY = "key_secret_0123456789";
  static final String TABLE = "test.things";

  public record Thing(String id, Long count) {}

  interface Api {
    @GET("things/{id}")
    Call<Thing> thing(@Path("id") String id);

    @POST("things")
    Call<Thing> add(@Body Thing thing);

    @DELETE("things/{id}")
    Call<Thing> remove(@Path("id") String id);
  }

  final MockWebServer server = PromptServer.create();
  final List<RecordedRequest> received = new CopyOnWriteArrayList<>();
  final TestConfig config;
  private ConnectionLimits limits = ConnectionLimits.DEFAULT;
  private Authorization authorization = Authorization.bearer("test.apiKey", KEY);
  private ConnectionScope connection;
  private ServiceClient client;

  Things() {
    this(null);
  }

  /** With a factory, over TLS. */
  Things(SSLSocketFactory tls) {
    if (tls != null) {
      server.useHttps(tls);
    }
    start(server);
    config =
        TestConfig.at((tls == null ? "http" : "https") + "://127.0.0.1:" + server.getPort() + "/");
    answer(request -> thing("a", 1));
  }

  private static void start(MockWebServer server) {
    try {
      server.start(InetAddress.getLoopbackAddress(), 0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  void answer(Function<RecordedRequest, MockResponse> answers) {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            received.add(request);
            return answers.apply(request);
          }
        });
  }

  /** Answers the first requests from the list, and all later ones well. */
  void answerFirst(List<MockResponse> responses) {
    answer(
        request ->
            received.size() <= responses.size()
                ? responses.get(received.size() - 1)
                : thing("a", 1));
  }

  Things limits(ConnectionLimits newLimits) {
    limits = newLimits;
    return this;
  }

  Things authorization(Authorization newAuthorization) {
    authorization = newAuthorization;
    return this;
  }

  ServiceClient client() {
    if (client == null) {
      connection = new ConnectionScope(limits);
      client = open(connection);
    }
    return client;
  }

  ServiceClient open(ConnectionScope scope) {
    scope.secrets().add(KEY);
    HttpOptions options = HttpOptions.of(config.source("test"));
    RetryPolicy retries = new RetryPolicy(options.maxRetries(), () -> 0, System::currentTimeMillis);
    return ServiceClient.open(options, scope, authorization, KEY, Json.moshi().build(), retries);
  }

  ConnectionScope connection() {
    client();
    return connection;
  }

  Calls calls() {
    return client().calls();
  }

  Api api() {
    return client().create(Api.class);
  }

  StatementScope statement() {
    return statement(Duration.ZERO);
  }

  StatementScope statement(Duration timeout) {
    return connection().statement("SELECT 1", timeout);
  }

  Thing read(String id) {
    try (StatementScope scope = statement()) {
      return calls().read(scope, TABLE, api().thing(id));
    }
  }

  Thing find(String id) {
    try (StatementScope scope = statement()) {
      return calls().find(scope, TABLE, api().thing(id));
    }
  }

  Thing add(String id) {
    try (StatementScope scope = statement()) {
      return calls().write(scope, TABLE, api().add(new Thing(id, 1L)));
    }
  }

  static MockResponse thing(String id, long count) {
    return json(200, "{\"id\":\"" + id + "\",\"count\":" + count + "}").build();
  }

  static MockResponse.Builder json(int status, String body) {
    return new MockResponse.Builder()
        .code(status)
        .addHeader("Content-Type", "application/json")
        .body(body);
  }

  static MockResponse.Builder error(int status) {
    return json(status, "{\"error\":\"no luck\"}");
  }

  /** Ends the connection when the request has come, before any answer. */
  static MockResponse cut() {
    return new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build();
  }

  static MockResponse cutInBody() {
    return json(200, "{\"id\":\"" + "x".repeat(100_000) + "\"}")
        .onResponseBody(new SocketEffect.CloseSocket())
        .build();
  }

  static MockResponse hang() {
    return new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE).build();
  }

  static ErrorKind kindOf(Supplier<?> action) {
    return failureOf(action).kind();
  }

  static TurntableException failureOf(Supplier<?> action) {
    Object result;
    try {
      result = action.get();
    } catch (TurntableException e) {
      return e;
    }
    throw new AssertionError("no failure but " + result);
  }

  @Override
  public void close() {
    if (client != null) {
      client.close();
      connection.close();
    }
    server.close();
  }
}
