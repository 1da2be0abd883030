package dev.turntable.simulator.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.simulator.Client;
import dev.turntable.simulator.Simulator;
import dev.turntable.simulator.handinger.HandingerOptions;
import dev.turntable.simulator.handinger.HandingerState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ReceivedRequestsTest {
  private static final String PATH = "/api/tasks/" + HandingerState.PUBLISHED_TASK;

  @Test
  void writesDownWhatCame() throws Exception {
    try (Simulator simulator = Simulator.start();
        Client client = new Client(simulator.handingerUrl(), HandingerOptions.KEY);
        Client stranger = new Client(simulator.handingerUrl(), "")) {
      client.get(PATH + "?a=b");
      client.post("/api/tasks", "{\"input\":\"東京\"}");
      stranger.delete(PATH);
      assertThat(simulator.requests())
          .extracting(ReceivedRequest::line)
          .containsExactly("GET " + PATH + "?a=b", "POST /api/tasks", "DELETE " + PATH);
      assertThat(simulator.requests())
          .extracting(ReceivedRequest::status)
          .containsExactly(200, 200, 401);
      assertThat(simulator.requests())
          .extracting(ReceivedRequest::hadAuthorization)
          .containsExactly(true, true, false);
      assertThat(simulator.requests()).extracting(ReceivedRequest::path).contains(PATH);
      ReceivedRequest post = simulator.requests().get(1);
      assertThat(post.body()).isEqualTo("{\"input\":\"東京\"}");
      assertThat(post.contentType()).startsWith("application/json");
      assertThat(post.userAgent()).startsWith("okhttp/");
      assertThat(post.service()).isEqualTo("handinger");
      assertThat(post.clientPort()).isEqualTo(simulator.requests().get(0).clientPort());
      assertThat(simulator.requests().toString()).doesNotContain(HandingerOptions.KEY);
    }
  }

  @Test
  void countsAndForgets() throws Exception {
    try (Simulator simulator = Simulator.start();
        Client client = new Client(simulator.handingerUrl(), HandingerOptions.KEY)) {
      client.get(PATH);
      client.get(PATH);
      assertThat(simulator.requestCount()).isEqualTo(2);
      simulator.clearRequests();
      assertThat(simulator.requestCount()).isZero();
      assertThat(simulator.requests()).isEmpty();
    }
  }

  @Test
  void keepsTheLatest() {
    ReceivedRequests log = new ReceivedRequests();
    for (int i = 0; i < ReceivedRequests.KEPT + 3; i++) {
      log.add(request("/" + i, 0, 1));
    }
    assertThat(log.count()).isEqualTo(ReceivedRequests.KEPT + 3);
    assertThat(log.list()).hasSize(ReceivedRequests.KEPT);
    assertThat(log.list().get(0).target()).isEqualTo("/3");
  }

  @Test
  void peakConcurrencyIsTheMostAtOneMoment() {
    List<ReceivedRequest> requests =
        List.of(request("/", 0, 10), request("/", 5, 20), request("/", 10, 30));
    assertThat(ReceivedRequest.peakConcurrency(requests)).isEqualTo(2);
    assertThat(ReceivedRequest.peakConcurrency(List.of())).isZero();
  }

  @Test
  void requestsRunInParallel() throws Exception {
    try (Simulator simulator = Simulator.start();
        Client client = new Client(simulator.handingerUrl(), HandingerOptions.KEY)) {
      simulator.latency(Duration.ofMillis(200));
      List<CompletableFuture<Integer>> replies =
          IntStream.range(0, 2)
              .mapToObj(
                  i ->
                      CompletableFuture.supplyAsync(
                          () -> {
                            try {
                              return client.get(PATH).status();
                            } catch (java.io.IOException e) {
                              return 0;
                            }
                          },
                          command -> new Thread(command).start()))
              .toList();
      replies.forEach(CompletableFuture::join);
      assertThat(simulator.requests()).extracting(ReceivedRequest::status).containsOnly(200);
      assertThat(ReceivedRequest.peakConcurrency(simulator.requests())).isEqualTo(2);
      assertThat(simulator.requests())
          .allSatisfy(
              request ->
                  assertThat(request.endNanos() - request.startNanos())
                      .isGreaterThanOrEqualTo(Duration.ofMillis(200).toNanos()));
    }
  }

  private static ReceivedRequest request(String target, long start, long end) {
    return new ReceivedRequest("handinger", "GET", target, true, "", "", "", 1, 200, start, end);
  }
}
