package dev.turntable.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What a connection remembers of its requests, and what it lets go of. */
class RequestLogTest {
  private static final Instant START = Instant.parse("2026-05-01T10:00:00Z");

  private final RequestLog log = new RequestLog();

  private static RequestRecord request(long statement, String url) {
    return new RequestRecord(
        "c1",
        "toys",
        statement,
        "SELECT " + statement,
        "GET",
        url,
        200,
        12,
        345,
        1,
        0,
        false,
        START);
  }

  @Test
  void keepsTheLatestInTheirOrderAndCountsTheRest() {
    for (int i = 0; i < 10_003; i++) {
      log.add(request(i / 10, "/tasks/" + i));
    }
    assertThat(log.records()).hasSize(10_000);
    assertThat(log.records().get(0).url()).isEqualTo("/tasks/3");
    assertThat(log.records().get(9_999).url()).isEqualTo("/tasks/10002");
    assertThat(log.dropped()).isEqualTo(3);
    assertThat(log.sent()).isEqualTo(10_003);
  }

  @Test
  void whatWasSharedWasNotSent() {
    log.add(request(1, "/a"));
    log.add(new RequestRecord.Builder("c1", "toys", "GET", "/a").notSent().build());
    assertThat(log.records()).hasSize(2);
    assertThat(log.records().get(1).shared()).isTrue();
    assertThat(log.records().get(1).attempt()).isZero();
    assertThat(log.sent()).isEqualTo(1);
  }

  /** Other users of the memory take turns with the log, but for the last requests. */
  @Test
  void givesWayAsFarAsIsAsked() {
    for (int i = 0; i < 100; i++) {
      log.add(request(i, "/tasks/" + i));
    }
    log.giveWay(1);
    assertThat(log.dropped()).isEqualTo(1);
    log.giveWay(Long.MAX_VALUE);
    assertThat(log.records()).hasSize(16);
    assertThat(log.records().get(15).url()).isEqualTo("/tasks/99");
    assertThat(log.dropped()).isEqualTo(84);
  }

  @Test
  void longTextKeepsItsBeginningAndSaysSo() {
    String sql = "SELECT '" + "x".repeat(5000) + "'";
    assertThat(RequestLog.shortened(sql)).hasSize(4096).endsWith("… (shortened)");
    assertThat(RequestLog.shortened("SELECT 1")).isEqualTo("SELECT 1");
    String beyond = "x".repeat(4082) + "\uD83D\uDE00" + "x".repeat(20);
    assertThat(RequestLog.shortened(beyond)).isEqualTo("x".repeat(4082) + "… (shortened)");
  }

  @Test
  void aRecordIsMadeStepByStep() {
    RequestRecord.Builder first =
        new RequestRecord.Builder("c1", "toys", "GET", "/a").by(7, "SELECT 7");
    assertThat(
            first
                .at(START.plusSeconds(1))
                .answered(503, Duration.ofMillis(80), 9)
                .asAttempt(2, Duration.ofMillis(250))
                .build())
        .isEqualTo(
            new RequestRecord(
                "c1",
                "toys",
                7,
                "SELECT 7",
                "GET",
                "/a",
                503,
                80,
                9,
                2,
                250,
                false,
                START.plusSeconds(1)));
  }

  @Test
  void aClosedConnectionRemembersNothing() {
    log.add(request(1, "/a"));
    log.close();
    assertThat(log.records()).isEmpty();
  }
}
