package dev.turntable.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turntable.Until;
import dev.turntable.simulator.handinger.HandingerOptions;
import dev.turntable.simulator.handinger.HandingerState;
import dev.turntable.simulator.server.Fault;
import dev.turntable.simulator.server.FaultRule;
import dev.turntable.simulator.server.ReceivedRequest;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class FaultTest {
  private static final String PATH = "/api/tasks/" + HandingerState.PUBLISHED_TASK;
  private static final String POST = "{\"input\":\"x\",\"taskId\":\"t\"}";

  private Simulator simulator;
  private Client client;

  @BeforeEach
  void start() throws Exception {
    simulator = Simulator.start();
    client = new Client(simulator.handingerUrl(), HandingerOptions.KEY);
  }

  @AfterEach
  void stop() {
    client.close();
    simulator.close();
  }

  private void always(Fault fault) {
    simulator.faults(FaultRule.always(fault));
  }

  private boolean wasPosted() {
    return simulator.handinger().task("t").isPresent();
  }

  @Test
  void statusWithHeaders() throws Exception {
    always(Fault.status(429, Map.of("Retry-After", "1")));
    Client.Reply reply = client.post("/api/tasks", POST);
    assertThat(reply.status()).isEqualTo(429);
    assertThat(reply.response().header("Retry-After")).isEqualTo("1");
    assertThat(reply.at("error")).asString().contains("429");
    assertThat(wasPosted()).isFalse();
  }

  @Test
  void anyAnswer() throws Exception {
    always(Fault.answer(502, Map.of("Content-Type", "text/html"), "<h1>Bad gateway</h1>"));
    Client.Reply reply = client.get(PATH);
    assertThat(reply.status()).isEqualTo(502);
    assertThat(reply.response().header("Content-Type")).isEqualTo("text/html");
    assertThat(reply.text()).isEqualTo("<h1>Bad gateway</h1>");
  }

  @Test
  void redirect() throws Exception {
    always(Fault.redirect(307, "http://127.0.0.1:1/elsewhere"));
    Client.Reply reply = client.get(PATH);
    assertThat(reply.status()).isEqualTo(307);
    assertThat(reply.response().header("Location")).isEqualTo("http://127.0.0.1:1/elsewhere");
  }

  @Test
  void garbage() throws Exception {
    always(Fault.garbage());
    Client.Reply reply = client.get(PATH);
    assertThat(reply.status()).isEqualTo(200);
    assertThatThrownBy(reply::at).isInstanceOf(IOException.class);
  }

  @Test
  void hugeBody() throws Exception {
    always(Fault.hugeBody(5_000_000));
    assertThat(client.get(PATH).text()).hasSize(5_000_000).startsWith("{\"task\":{").endsWith("aa");
  }

  @Test
  void cutBeforeHeaders() {
    always(Fault.cutBeforeHeaders());
    assertThatThrownBy(() -> client.post("/api/tasks", POST)).isInstanceOf(IOException.class);
    assertThat(wasPosted()).isFalse();
  }

  @Test
  void cutBeforeHeadersAfterActing() {
    always(Fault.afterActing(Fault.cutBeforeHeaders()));
    assertThatThrownBy(() -> client.post("/api/tasks", POST)).isInstanceOf(IOException.class);
    assertThat(wasPosted()).isTrue();
    assertThat(simulator.handinger().posts("t")).isEqualTo(1);
  }

  @Test
  void statusAfterActing() throws Exception {
    always(Fault.afterActing(Fault.status(500)));
    assertThat(client.post("/api/tasks", POST).status()).isEqualTo(500);
    assertThat(wasPosted()).isTrue();
  }

  @Test
  void cutInBody() {
    always(Fault.cutInBody());
    assertThatThrownBy(() -> client.get(PATH)).isInstanceOf(IOException.class);
    assertThat(simulator.requests()).extracting(ReceivedRequest::status).containsExactly(200);
  }

  @Test
  void truncatedJson() throws Exception {
    String whole = client.get(PATH).text();
    always(Fault.truncatedJson());
    Client.Reply reply = client.get(PATH);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.text()).isEqualTo(whole.substring(0, whole.length() / 2));
    assertThat(reply.response().header("Content-Length"))
        .isEqualTo(String.valueOf(reply.text().length()));
  }

  @Test
  void hangBeforeHeaders() throws Exception {
    always(Fault.hangBeforeHeaders(Duration.ofMinutes(5)));
    try (Client hasty =
        new Client(simulator.handingerUrl(), HandingerOptions.KEY, Duration.ofMillis(100))) {
      assertThatThrownBy(() -> hasty.post("/api/tasks", POST))
          .isInstanceOf(SocketTimeoutException.class);
    }
    assertThat(wasPosted()).isTrue();
    always(Fault.hangBeforeHeaders(Duration.ofMillis(50)));
    assertThat(client.get(PATH).at("task", "status")).isEqualTo("completed");
  }

  @Test
  void hangInBody() throws Exception {
    always(Fault.hangInBody(Duration.ofMinutes(5)));
    try (Client hasty =
        new Client(simulator.handingerUrl(), HandingerOptions.KEY, Duration.ofMillis(100))) {
      assertThatThrownBy(() -> hasty.get(PATH)).isInstanceOf(SocketTimeoutException.class);
    }
    always(Fault.hangInBody(Duration.ofMillis(50)));
    assertThat(client.get(PATH).at("task", "status")).isEqualTo("completed");
  }

  @Test
  void closingEndsAHang() throws Exception {
    always(Fault.hangBeforeHeaders(Duration.ofMinutes(5)));
    Thread closer =
        new Thread(
            () -> {
              Until.holds("the request is there", () -> simulator.requestCount() > 0);
              simulator.close();
            });
    closer.start();
    assertThatThrownBy(() -> client.get(PATH)).isInstanceOf(IOException.class);
    closer.join();
  }

  @Test
  void drip() throws Exception {
    String whole = client.get(PATH).text();
    always(Fault.drip(100, Duration.ofMillis(20)));
    long begin = System.nanoTime();
    assertThat(client.get(PATH).text()).isEqualTo(whole);
    assertThat(System.nanoTime() - begin)
        .isGreaterThanOrEqualTo(Duration.ofMillis(20).toNanos() * (whole.length() / 100 - 1));
  }

  @Test
  void gzip() throws Exception {
    String whole = client.get(PATH).text();
    always(Fault.gzip());
    Client.Reply reply = client.get(PATH);
    assertThat(reply.text()).isEqualTo(whole);
    assertThat(reply.response().networkResponse().header("Content-Encoding")).isEqualTo("gzip");
  }

  @Test
  void ownFault() throws Exception {
    always(real -> real.get().withText("{}").withHeader("X-Fault", "yes"));
    Client.Reply reply = client.get(PATH);
    assertThat(reply.text()).isEqualTo("{}");
    assertThat(reply.response().header("X-Fault")).isEqualTo("yes");
    assertThat(reply.response().header("Content-Type")).isEqualTo("application/json");
  }

  @Test
  void realAnswerIsMadeOnce() throws Exception {
    always(
        real -> {
          assertThat(real.get()).isSameAs(real.get());
          return real.get();
        });
    client.post("/api/tasks", POST);
    assertThat(simulator.handinger().posts("t")).isEqualTo(1);
  }

  @Test
  void rulesPickRequests() throws Exception {
    simulator.faults(FaultRule.first(2, Fault.status(503)));
    assertThat(statuses(3)).containsExactly(503, 503, 200);
    simulator.faults(FaultRule.nth(2, Fault.status(503)));
    assertThat(statuses(3)).containsExactly(200, 503, 200);
    simulator.faults(
        FaultRule.first(1, request -> request.method().equals("POST"), Fault.status(503))
            .or(FaultRule.nth(2, Fault.status(500))));
    assertThat(statuses(3)).containsExactly(200, 500, 200);
    assertThat(client.post("/api/tasks", POST).status()).isEqualTo(503);
    assertThat(client.post("/api/tasks", POST).status()).isEqualTo(200);
    simulator.faults(
        FaultRule.when(request -> request.path().endsWith("/turns"), Fault.status(504)));
    assertThat(client.get(PATH + "/turns").status()).isEqualTo(504);
    assertThat(client.get(PATH).status()).isEqualTo(200);
    simulator.faults(FaultRule.none());
    assertThat(client.get(PATH + "/turns").status()).isEqualTo(200);
  }

  private int[] statuses(int count) throws IOException {
    int[] statuses = new int[count];
    for (int i = 0; i < count; i++) {
      statuses[i] = client.get(PATH).status();
    }
    return statuses;
  }
}
