package dev.turntable.jdbc.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.jdbc.faults.Cell.Result;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Two faults in one statement, of all kinds and at any two of its requests, a repeated one included:
 * the complete answer if a further attempt heals both, else the failure of one of them.
 */
class TwoFaultsTest {
  /** From here the pairs are drawn: the same ones in every build. */
  private static final long SEED = Long.getLong("faults.seed", 20261130);

  private static final int PER_READING = Integer.getInteger("faults.pairs", 30);
  private static final int CASES_AT_ONCE = 96;

  private final Emissions emissions = new Emissions();
  private final ConcurrentLinkedQueue<String> mistakes = new ConcurrentLinkedQueue<>();
  private final AtomicInteger answers = new AtomicInteger();
  private final AtomicInteger failures = new AtomicInteger();
  private final AtomicInteger both = new AtomicInteger();

  @Test
  void twoFaultsAreHealedOrOneOfThemIsTold() throws Exception {
    Random random = new Random(SEED);
    List<Callable<Void>> cases = new ArrayList<>();
    try (Readings readings = new Readings();
        Line elsewhere = Line.open(new Upstream("http://127.0.0.1:1"), (number, request) -> null)) {
      List<Fault> faults =
          Faults.all(elsewhere.url()).stream()
              .filter(fault -> !fault.isLarge() && fault.once() != null)
              .toList();
      for (Reading reading : readings.all()) {
        Result right = new Cell(emissions, reading, Map.of(), 0).run((number, request) -> null);
        int requests = right.line().received().size();
        for (int i = 0; i < PER_READING; i++) {
          Fault first = faults.get(random.nextInt(faults.size()));
          Fault second = faults.get(random.nextInt(faults.size()));
          int at = 1 + random.nextInt(requests);
          int then = at + 1 + random.nextInt(Math.max(1, requests + 1 - at));
          cases.add(
              () -> {
                run(reading, right, first, at, second, then);
                return null;
              });
        }
      }
      Crowd.run(CASES_AT_ONCE, cases);
      assertThat(elsewhere.received()).as("requests that went to another host").isEmpty();
      emissions.leaks().forEach(leak -> mistakes.add("a secret in " + leak));
    } finally {
      emissions.close();
    }
    System.out.printf(
        Locale.ROOT,
        "two faults: %,d cases, %,d met both: %,d complete answers, %,d exceptions%n",
        cases.size(),
        both.get(),
        answers.get(),
        failures.get());
    assertThat(mistakes).isEmpty();
    assertThat(both.get()).as("statements that met both").isGreaterThan(cases.size() / 4);
  }

  private void run(Reading reading, Result right, Fault first, int at, Fault second, int then)
      throws IOException {
    Map<String, String> settings = new HashMap<>(first.settings());
    settings.putAll(second.settings());
    int queryTimeout = Math.max(first.queryTimeout(), second.queryTimeout());
    AtomicBoolean metFirst = new AtomicBoolean();
    AtomicBoolean metSecond = new AtomicBoolean();
    Trouble one = noting(first, metFirst);
    Trouble other = noting(second, metSecond);
    Result result =
        new Cell(emissions, reading, settings, queryTimeout)
            .run((number, request) -> number == at ? one : number == then ? other : null);
    String name =
        first.name() + " at " + at + " and " + second.name() + " at " + then + " of " + reading;
    if (result.line().mistake() != null) {
      mistakes.add(name + ": the test itself failed: " + result.line().mistake());
    }
    Outcome expected = Outcome.COMPLETE;
    if (metFirst.get()) {
      expected = first.once().apply(reading);
    }
    if (metSecond.get()) {
      expected = expected.and(second.once().apply(reading));
    }
    if (metFirst.get() && metSecond.get()) {
      both.incrementAndGet();
    }
    // What has nothing that could go wrong so, has not gone wrong.
    int met = (metFirst.get() ? 1 : 0) + (metSecond.get() ? 1 : 0);
    if (result.line().faults() < met) {
      expected = expected.or(Outcome.COMPLETE);
    }
    if (settings.containsKey("requestTimeout")) {
      // On a busy machine a wrong answer may come too late, and another one is asked for.
      expected = expected.or(Outcome.COMPLETE);
    }
    if (queryTimeout > 0) {
      expected = expected.or(Outcome.fails("HYT00"));
    }
    judge(name, reading, right, result, expected);
  }

  private static Trouble noting(Fault fault, AtomicBoolean met) {
    Trouble trouble = fault.trouble().get();
    return exchange -> {
      met.set(true);
      trouble.answer(exchange);
    };
  }

  private void judge(String name, Reading reading, Result right, Result result, Outcome expected) {
    if (result.failure() != null) {
      failures.incrementAndGet();
      String message = String.valueOf(result.failure().getMessage());
      if (!expected.states().contains(String.valueOf(result.failure().getSQLState()))) {
        mistakes.add(
            name + ": " + result.failure().getSQLState() + ", not " + expected + ": " + message);
      }
      boolean isLate = "HYT00".equals(result.failure().getSQLState());
      if (!message.contains(reading.schema()) && !isLate) {
        mistakes.add(name + ": no table in " + message);
      }
      return;
    }
    answers.incrementAndGet();
    Difference difference = Difference.of(right, result);
    boolean isRight =
        expected.withoutSomeKeys()
            ? difference.isOfMissingKeys(right, reading.key())
            : difference.isNone();
    if (!expected.complete() || !isRight) {
      mistakes.add(name + ": " + difference + ", not " + expected);
    } else if (reading.isOrdered()
        && !expected.withoutSomeKeys()
        && !result.rows().equals(right.rows())) {
      mistakes.add(name + ": another order");
    }
  }
}
