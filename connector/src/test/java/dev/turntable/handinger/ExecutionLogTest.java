package dev.turntable.handinger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.turntable.simulator.server.Fault;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.TurntableException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of a log that contradicts itself, or us, is an error, and what is read once more. */
final class ExecutionLogTest {
  private final Fixture fixture = Fixture.small();
  private final String worker = fixture.worker(0);

  @AfterEach
  void close() {
    fixture.close();
  }

  /** The answers of the log in their order; then the last one for ever. */
  private void answers(Fault... answers) {
    fixture.source();
    fixture.simulator.faults(
        (request, ordinal) -> Optional.of(answers[(int) Math.min(ordinal, answers.length) - 1]));
  }

  private static Fault page(long total, long pages, String... entries) {
    return Fault.answer(
        200,
        Map.of("Content-Type", "application/json"),
        "{\"logs\":["
            + String.join(",", entries)
            + "],\"page\":1,\"pageCount\":"
            + pages
            + ",\"totalCount\":"
            + total
            + "}");
  }

  private static Fault missing() {
    return Fault.answer(404, Map.of("Content-Type", "application/json"), "{\"error\":\"no\"}");
  }

  private static String entry(String id) {
    return entry(id, "");
  }

  private static String entry(String id, String workerId) {
    return "{\"id\":\""
        + id
        + "\",\"payload\":{\"a\":[1]},\"createdAt\":\"2026-05-11T09:14:48.000Z\""
        + (workerId.isEmpty() ? "" : ",\"workerId\":\"" + workerId + "\"")
        + "}";
  }

  private List<Object> read(String column) {
    return fixture.read("webhook_executions", "by worker_id", Fixture.keys(worker), column);
  }

  private void fails(ErrorKind kind, String... says) {
    TurntableException failure = catchThrowableOfType(TurntableException.class, () -> read("id"));
    assertThat(failure).as("an error").isNotNull();
    assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(kind);
    assertThat(failure).hasMessageContainingAll(says);
  }

  @ParameterizedTest
  @CsvSource({"3,4", "0,2", "-1,2"})
  void morePagesThanEntriesAreNoLog(long total, long pages) {
    answers(page(total, pages, entry("a")));
    fails(
        ErrorKind.BAD_ANSWER,
        "handinger.webhook_executions: GET /api/workers/" + worker,
        total + " entries are " + pages + " pages");
    assertThat(fixture.requests()).hasSize(1);
  }

  /** Each page is a step that is kept. */
  @Test
  void noLogHasAMillionPages() {
    answers(page(2_000_000, 1_000_001, entry("a")));
    fails(ErrorKind.TOO_LARGE, "there are 1000001 pages");
    assertThat(fixture.requests()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "-5"})
  void aLogOfOnePageMayCountItAsItLikes(long pages) {
    answers(page(1, pages, entry("a")));
    assertThat(read("id")).containsExactly("a");
    answers(page(0, pages));
    assertThat(read("id")).isEmpty();
    assertThat(fixture.requests()).hasSize(2);
  }

  @Test
  void entriesThatNoTotalCountsAreReadOnceMore() {
    answers(page(0, 1, entry("a")), page(1, 1, entry("a")));
    assertThat(read("id")).containsExactly("a");
    assertThat(fixture.requests()).hasSize(2);
  }

  @Test
  void anEntryIsOfItsWorker() {
    answers(page(1, 1, entry("a", "wrk_other")));
    fails(
        ErrorKind.BAD_ANSWER,
        "handinger.webhook_executions: the log of worker '"
            + worker
            + "' holds one of 'wrk_other'");
    answers(page(2, 1, entry("a", worker), entry("b")));
    assertThat(read("worker_id")).containsExactly(worker, worker);
  }

  @Test
  void aPageThatIsGoneIsReadOnceMore() {
    answers(page(2, 2, entry("a")), missing(), page(2, 2, entry("a")), page(2, 2, entry("b")));
    assertThat(read("id")).containsExactly("a", "b");
    assertThat(fixture.requests()).hasSize(4);
  }

  /** Else a part would be taken for the whole. */
  @Test
  void aLogThatIsGoneInTheMiddleIsNoEnd() {
    answers(page(2, 2, entry("a")), missing());
    fails(ErrorKind.UNSTABLE, "page=1", "answered 404 for a log of which a part was read before");
  }

  @Test
  void aPageThatCountsOtherPagesIsOfAnotherLog() {
    answers(
        page(2, 2, entry("a")),
        page(2, 1, entry("b")),
        page(2, 2, entry("a")),
        page(2, 2, entry("b")));
    assertThat(read("id")).containsExactly("a", "b");
    assertThat(fixture.requests()).hasSize(4);
  }

  /** The rest of a reading that is begun anew is not asked for. */
  @Test
  void whatIsLeftOfAReadingInVainIsNotAskedFor() {
    answers(
        page(4, 4, entry("a")),
        page(5, 4, entry("b")),
        page(4, 4, entry("a")),
        page(4, 4, entry("b")),
        page(4, 4, entry("c")),
        page(4, 4, entry("d")));
    assertThat(read("id")).containsExactly("a", "b", "c", "d");
    assertThat(fixture.requests()).hasSize(6);
  }
}
