package dev.turntable.jdbc.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.config.Sources;
import dev.turntable.jdbc.faults.Cell.Result;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Every fault, once and for good, at the first, the second, a middle and the last request of every way to read
 * every table of every source: the complete answer, or an SQLException with the SQLState of the
 * contract that names the table, the request and the service's words, and never a secret.
 */
class FaultMatrixTest {
  /** Most cases wait: for a retry, or for a server that hangs. */
  private static final int CASES_AT_ONCE = 96;

  /** Statements whose answers are large. */
  private static final int LARGE_AT_ONCE = 8;

  private final Emissions emissions = new Emissions();
  private final ConcurrentLinkedQueue<String> mistakes = new ConcurrentLinkedQueue<>();
  private final AtomicInteger answers = new AtomicInteger();
  private final AtomicInteger failures = new AtomicInteger();
  private final Set<String> met = ConcurrentHashMap.newKeySet();

  /** One cell: a fault at a request of a reading. */
  private record Case(
      Reading reading, Result right, Fault fault, String at, int number, boolean once) {
    Outcome expected() {
      return once ? fault.once().apply(reading) : fault.lasting().apply(reading);
    }

    @Override
    public String toString() {
      return fault.name() + (once ? "" : " for good") + " at the " + at + " request of " + reading;
    }
  }

  @Test
  void everyStatementIsAnsweredCompletelyOrFails() throws Exception {
    try (Readings readings = new Readings();
        Line elsewhere = Line.open(new Upstream("http://127.0.0.1:1"), (number, request) -> null)) {
      assertThat(readings.unread()).as("tables that no statement of Readings reads").isEmpty();
      assertThat(Sources.known().keySet()).containsExactlyInAnyOrder("handinger", "rightbrain");
      List<Fault> faults = Faults.all(elsewhere.url());
      List<Case> cases = new ArrayList<>();
      for (Reading reading : readings.all()) {
        Result right = rightAnswer(reading);
        for (Fault fault : faults) {
          cases(reading, right, fault, cases);
        }
      }
      runAll(cases.stream().filter(each -> !each.fault().isLarge()).toList(), CASES_AT_ONCE);
      runAll(cases.stream().filter(each -> each.fault().isLarge()).toList(), LARGE_AT_ONCE);
      assertThat(elsewhere.received()).as("requests that went to another host").isEmpty();
      assertThat(met)
          .containsExactlyInAnyOrderElementsOf(faults.stream().map(Fault::name).toList());
      emissions.leaks().forEach(leak -> mistakes.add("a secret in " + leak));
    } finally {
      emissions.close();
    }
    report();
    assertThat(mistakes).isEmpty();
  }

  private void report() {
    System.out.printf(
        Locale.ROOT,
        "fault matrix: %,d cases ran: %,d complete answers, %,d exceptions; %,d characters of"
            + " output without a secret%n",
        answers.get() + failures.get(),
        answers.get(),
        failures.get(),
        emissions.characters());
  }

  /** Returns the answer over a line without faults, which must take three requests to count. */
  private Result rightAnswer(Reading reading) throws IOException, SQLException {
    Cell cell = new Cell(emissions, reading, Map.of(), 0);
    cell.hearTheRest();
    Result right = cell.run((number, request) -> null);
    assertThat((Throwable) right.failure()).as(reading.toString()).isNull();
    assertThat(right.rows()).as(reading.toString()).isNotEmpty();
    assertThat(right.line().received()).as(reading.toString()).hasSizeGreaterThanOrEqualTo(3);
    return right;
  }

  private static void cases(Reading reading, Result right, Fault fault, List<Case> cases) {
    int requests = right.line().received().size();
    Map<String, Integer> places = new LinkedHashMap<>();
    places.put("first", 1);
    // Where a table is found out by the first request, the second is the first that reads it.
    places.put("second", 2);
    places.put("middle", (requests + 1) / 2);
    places.put("last", requests);
    places.forEach(
        (at, number) -> {
          boolean isNew = !at.equals("middle") || number > 2;
          if (fault.once() != null && isNew) {
            cases.add(new Case(reading, right, fault, at, number, true));
          }
          // What lasts goes on: it need not begin everywhere.
          if (fault.lasting() != null && (at.equals("first") || at.equals("last"))) {
            cases.add(new Case(reading, right, fault, at, number, false));
          }
        });
  }

  private void runAll(List<Case> cases, int atOnce) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(atOnce);
    try {
      List<Callable<Void>> tasks = new ArrayList<>();
      for (Case each : cases) {
        tasks.add(
            () -> {
              run(each);
              return null;
            });
      }
      for (Future<Void> done : threads.invokeAll(tasks)) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private void run(Case each) throws Exception {
    Fault fault = each.fault();
    Map<String, String> settings = new HashMap<>(fault.settings());
    if (!each.once()) {
      settings.put("maxRetries", "1");
    }
    Trouble trouble = fault.trouble().get();
    Result result =
        new Cell(emissions, each.reading(), settings, fault.queryTimeout())
            .run(
                (number, request) ->
                    number == each.number() || (number > each.number() && !each.once())
                        ? trouble
                        : null);
    judge(each, result);
  }

  private void judge(Case each, Result result) {
    if (result.line().mistake() != null) {
      mistakes.add(each + ": the test itself failed: " + result.line().mistake());
    }
    boolean happened = result.line().faults() > 0;
    if (happened) {
      met.add(each.fault().name());
    }
    Outcome expected = happened ? each.expected() : Outcome.COMPLETE;
    if (each.fault().queryTimeout() > 0 && !happened) {
      expected = expected.or(each.expected()); // On a busy machine the time may be over before.
    }
    SQLException failure = result.failure();
    if (failure == null) {
      answers.incrementAndGet();
      if (!expected.complete()) {
        mistakes.add(
            each + ": an answer of " + result.rows().size() + " rows, not " + expected.states());
      } else if (!isRight(each, result, expected)) {
        mistakes.add(each + ": " + result.rows().size() + " rows of " + each.right().rows().size());
      }
      return;
    }
    failures.incrementAndGet();
    if (!expected.states().contains(String.valueOf(failure.getSQLState()))) {
      mistakes.add(
          each + ": " + failure.getSQLState() + ", not " + expected + ": " + failure.getMessage());
    }
    if (happened) {
      judgeMessage(each, result, String.valueOf(failure.getMessage()));
    }
  }

  private static boolean isRight(Case each, Result result, Outcome expected) {
    if (each.reading().isOrdered() && !expected.withoutSomeKeys()) {
      return result.rows().equals(each.right().rows());
    }
    List<List<String>> wanted = new ArrayList<>(each.right().rows());
    if (expected.withoutSomeKeys()) {
      Set<String> keys = new HashSet<>(result.column(each.reading().key()));
      List<String> ofRows = each.right().column(each.reading().key());
      for (int i = wanted.size() - 1; i >= 0; i--) {
        if (!keys.contains(ofRows.get(i))) {
          wanted.remove(i);
        }
      }
    }
    return sorted(result.rows()).equals(sorted(wanted));
  }

  private static List<String> sorted(List<List<String>> rows) {
    return rows.stream().map(List::toString).sorted().toList();
  }

  private void judgeMessage(Case each, Result result, String message) {
    Set<String> missing = new TreeSet<>();
    if (!message.contains(each.reading().schema())) {
      missing.add("the table");
    }
    // Many requests together found that: none of them is the one.
    if (!message.contains("the service knows none of the")
        && !message.contains("GET " + result.line().prefix())
        && !message.contains("POST " + result.line().prefix())) {
      missing.add("the request");
    }
    if (each.fault().hasWords() && !message.contains(Trouble.WORDS)) {
      missing.add("the service's words");
    }
    if (!missing.isEmpty()) {
      mistakes.add(each + ": the message lacks " + missing + ": " + message);
    }
  }
}
