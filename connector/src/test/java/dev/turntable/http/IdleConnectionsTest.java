package dev.turntable.http;

import static dev.turntable.http.Things.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.Until;
import dev.turntable.source.ConnectionLimits;
import dev.turntable.source.ConnectionScope;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.RequestRecord;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that the server closed while nobody used them cost a read nothing. */
final class IdleConnectionsTest {
  private final IdleServer server = IdleServer.start();
  private final ConnectionScope connection =
      new ConnectionScope(new ConnectionLimits(0, 32, 4, Duration.ZERO, false));
  private final ServiceClient client = open("4");

  private ServiceClient open(String maxRetries) {
    HttpOptions options =
        HttpOptions.of(TestConfig.at(server.url()).with("maxRetries", maxRetries).source("test"));
    // A pause between attempts would be long enough to see.
    RetryPolicy retries = new RetryPolicy(options.maxRetries(), () -> 1, System::currentTimeMillis);
    return ServiceClient.open(
        options, connection, Authorization.none(), "account", Json.moshi().build(), retries);
  }

  @AfterEach
  void close() throws IOException {
    client.close();
    connection.close();
    server.close();
  }

  private Things.Thing read(ServiceClient from, String id) {
    try (StatementScope scope = connection.statement("SELECT 1", Duration.ZERO)) {
      return from.calls().read(scope, Things.TABLE, from.create(Things.Api.class).thing(id));
    }
  }

  /** Opens so many connections by as many reads at the same time. */
  private void fill(ServiceClient from, int connections) {
    server.awaitTogether(connections);
    try (StatementScope scope = connection.statement("SELECT 1", Duration.ZERO)) {
      List<Callable<Things.Thing>> reads = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        String id = "t" + i;
        reads.add(
            () -> from.calls().read(scope, Things.TABLE, from.create(Things.Api.class).thing(id)));
      }
      scope.inParallel(reads);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8, 32})
  void aReadNeverFailsWaitsOrUsesUpAttempts(int connections) {
    try (ServiceClient once = open("0")) {
      fill(once, connections);
      server.closeIdleOnNextRequest();
      int before = connection.log().records().size();
      assertThat(read(once, "a").id()).isEqualTo("a");
      List<RequestRecord> log = connection.log().records();
      assertThat(log.subList(before, log.size()))
          .singleElement()
          .satisfies(
              record -> {
                assertThat(record.attempt()).isEqualTo(1);
                assertThat(record.status()).isEqualTo(200);
              });
      assertThat(server.answered()).isEqualTo(connections + 1);
    }
  }

  @Test
  void theOtherIdleOnesGo() {
    fill(client, 8);
    server.closeIdleOnNextRequest();
    read(client, "a");
    assertThat(client.idleConnections()).isLessThanOrEqualTo(1);
    read(client, "b");
    assertThat(server.dropped()).isEqualTo(1);
  }

  @Test
  void manyReadsAtOnce() {
    fill(client, 32);
    server.closeIdleOnNextRequest();
    fill(client, 32);
    assertThat(connection.log().records())
        .hasSize(64)
        .allMatch(record -> record.attempt() == 1 && record.status() == 200);
  }

  /** Some servers announce that they close an idle connection, as an answer to nobody. */
  @Test
  void a408OfAnIdleConnectionIsNoAnswer() {
    fill(client, 3);
    server.answer408ToIdle();
    assertThat(read(client, "a").id()).isEqualTo("a");
    assertThat(connection.log().records()).allMatch(record -> record.attempt() == 1);
  }

  /** A connection that breaks when it is new is a failure of the server. */
  @Test
  void whatBreaksOnANewConnectionCounts() {
    server.dropNew();
    try (ServiceClient once = open("0")) {
      assertThat(failureOf(() -> read(once, "a")).kind()).isEqualTo(ErrorKind.CONNECTION_LOST);
    }
  }

  @Test
  void aBudgetOfOneIsEnough() {
    ConnectionLimits one = new ConnectionLimits(1, 8, 4, Duration.ZERO, false);
    try (ConnectionScope scarce = new ConnectionScope(one);
        StatementScope first = scarce.statement("SELECT 1", Duration.ZERO);
        StatementScope second = scarce.statement("SELECT 1", Duration.ZERO);
        ServiceClient mine = openFor(scarce)) {
      Things.Api api = mine.create(Things.Api.class);
      mine.calls().read(first, Things.TABLE, api.thing("a"));
      server.closeIdleOnNextRequest();
      assertThat(mine.calls().read(second, Things.TABLE, api.thing("b")).id()).isEqualTo("b");
    }
  }

  private ServiceClient openFor(ConnectionScope scope) {
    return ServiceClient.open(
        TestConfig.at(server.url()).source("test"),
        scope,
        Authorization.none(),
        "account",
        Json.moshi().build());
  }

  private Things.Thing add(String id) {
    try (StatementScope scope = connection.statement("INSERT", Duration.ZERO)) {
      return client
          .calls()
          .write(
              scope, Things.TABLE, client.create(Things.Api.class).add(new Things.Thing(id, 1L)));
    }
  }

  /** A write goes over a connection that has answered within the last second, or a new one. */
  /** Within a second, but a slow machine may look after it late; one of reads stays for half a minute. */
  @Test
  void aConnectionOfWritesIsKeptForAMomentOnly() throws InterruptedException {
    read(client, "a");
    assertThat(add("a").id()).isEqualTo("a");
    long written = System.nanoTime();
    CountDownLatch never = new CountDownLatch(1);
    while (client.idleConnections() > 1
        && System.nanoTime() - written < Duration.ofSeconds(20).toNanos()) {
      assertThat(never.await(10, TimeUnit.MILLISECONDS)).isFalse();
    }
    assertThat(client.idleConnections()).as("that of the read").isEqualTo(1);
  }

  @Test
  void aWriteUsesNoConnectionOfReads() {
    fill(client, 8);
    server.closeIdleOnNextRequest();
    assertThat(add("a").id()).isEqualTo("a");
    assertThat(server.dropped()).isZero();
  }

  /** Its own, too, may be dead by then; after a second nobody knows. */
  @Test
  void aWriteUsesNoConnectionThatWasIdleForLong() {
    add("a");
    long answered = System.nanoTime();
    Until.holds("a second has passed", () -> System.nanoTime() - answered > 1_000_000_000L);
    server.closeIdleOnNextRequest();
    assertThat(add("b").id()).isEqualTo("a");
    assertThat(server.dropped()).isZero();
  }

  @Test
  void whatStillBreaksUnderAWriteIsUnknown() {
    TurntableException failure = null;
    for (int i = 0; i < 20 && failure == null; i++) {
      add("a");
      server.closeIdleOnNextRequest();
      try {
        add("b");
      } catch (TurntableException e) {
        failure = e;
      }
      // Else the machine was busy for a second, after which a write takes a new connection.
      assertThat(server.dropped()).isEqualTo(failure == null ? 0 : 1);
    }
    assertThat(failure).extracting(TurntableException::kind).isEqualTo(ErrorKind.OUTCOME_UNKNOWN);
  }
}
