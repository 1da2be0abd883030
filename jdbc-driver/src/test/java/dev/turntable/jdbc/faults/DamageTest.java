package dev.turntable.jdbc.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.turntable.jdbc.faults.Cell.Result;
import dev.turntable.jdbc.faults.Damage.Changed;
import dev.turntable.jdbc.faults.Damage.Cut;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Answers that are damaged at one byte, for every way to read every table: cut there, or changed
 * there. A cut one is an error, or asked for again; a changed one is an error, or what the changed
 * JSON says, in which one byte is of one record: never is a page read in part.
 */
class DamageTest {
  /** From here all cases are drawn: the same ones in every build. */
  private static final long SEED = Long.getLong("damage.seed", 20261130);

  private static final int CASES_AT_ONCE = 96;
  private static final int PER_CUT = 3;
  private static final int PER_CHANGE = Integer.getInteger("damage.changes", 16);

  private static final String KEYS = "id|task_id|taskId|worker_id|workerId";

  private static final Emissions EMISSIONS = new Emissions();
  private static Readings readings;

  private final ConcurrentLinkedQueue<String> mistakes = new ConcurrentLinkedQueue<>();
  private final AtomicInteger answers = new AtomicInteger();
  private final AtomicInteger same = new AtomicInteger();
  private final AtomicInteger failures = new AtomicInteger();

  @BeforeAll
  static void open() throws IOException, SQLException {
    readings = new Readings();
  }

  @AfterAll
  static void close() {
    readings.close();
    EMISSIONS.close();
  }

  /** One damage at one request of a reading. */
  private interface Case {
    void run() throws IOException;
  }

  private void runAll(String what, List<Case> cases) throws Exception {
    List<Callable<Void>> work = new ArrayList<>();
    for (Case each : cases) {
      work.add(
          () -> {
            each.run();
            return null;
          });
    }
    Crowd.run(CASES_AT_ONCE, work);
    System.out.printf(
        Locale.ROOT,
        "%s: %,d cases: %,d answers, of which %,d as if nothing were wrong; %,d exceptions%n",
        what,
        cases.size(),
        answers.get(),
        same.get(),
        failures.get());
    assertThat(mistakes).isEmpty();
  }

  private static Result run(Reading reading, Map<String, String> settings, Line.Plan plan)
      throws IOException {
    return new Cell(EMISSIONS, reading, settings, 0).run(plan);
  }

  private static Result right(Reading reading) throws IOException {
    return run(reading, Map.of(), (number, request) -> null);
  }

  @Test
  void noPartIsTakenForTheWholeWhereverABodyIsCut() throws Exception {
    Random random = new Random(SEED);
    List<Case> cases = new ArrayList<>();
    for (Reading reading : readings.all()) {
      Result right = right(reading);
      int requests = right.line().received().size();
      for (Cut cut : Cut.values()) {
        for (int i = 0; i < PER_CUT; i++) {
          int number = 1 + random.nextInt(requests);
          double share = i == 0 ? 0 : random.nextDouble();
          boolean forGood = i % 2 == 0;
          cases.add(() -> cut(reading, right, cut, number, share, forGood));
        }
      }
    }
    runAll("cut bodies", cases);
  }

  private void cut(
      Reading reading, Result right, Cut cut, int number, double share, boolean forGood)
      throws IOException {
    Trouble trouble = cut.after(share);
    Result result =
        run(
            reading,
            forGood ? Map.of("maxRetries", "1") : Map.of(),
            (each, request) -> each == number || (each > number && forGood) ? trouble : null);
    String name =
        cut + (forGood ? " for good" : "") + " after " + share + " at " + number + " of " + reading;
    boolean happened = result.line().faults() > 0;
    boolean answered = happened && !forGood && cut.isOfTheNetwork() || !happened;
    String state = cut.isOfTheNetwork() ? "08006" : "58000";
    count(right, result);
    if (result.failure() == null ? !answered : answered) {
      mistakes.add(name + ": " + result.rows().size() + " rows, " + result.failure());
    } else if (result.failure() == null) {
      Difference difference = Difference.of(right, result);
      if (!difference.isNone()) {
        mistakes.add(name + ": " + difference);
      }
    } else if (!state.equals(result.failure().getSQLState())) {
      mistakes.add(name + ": " + result.failure().getSQLState() + ": " + result.failure());
    }
  }

  private void count(Result right, Result result) {
    if (result.failure() != null) {
      failures.incrementAndGet();
      return;
    }
    answers.incrementAndGet();
    if (Difference.of(right, result).isNone()) {
      same.incrementAndGet();
    }
  }

  /** A packed body has a sum of its own: what does not fit it is no answer at all. */
  @Test
  void aPackedBodyIsWholeOrAnError() throws Exception {
    Random random = new Random(SEED);
    List<Case> cases = new ArrayList<>();
    for (Reading reading : readings.all()) {
      Result right = right(reading);
      int requests = right.line().received().size();
      for (int i = 0; i < PER_CHANGE / 4; i++) {
        int number = 1 + random.nextInt(requests);
        Trouble trouble = Damage.changedWhenPacked(random.nextLong());
        cases.add(() -> changePacked(reading, right, number, trouble));
      }
    }
    runAll("changed packed bodies", cases);
  }

  private void changePacked(Reading reading, Result right, int number, Trouble trouble)
      throws IOException {
    Result result = run(reading, Map.of(), (each, request) -> each == number ? trouble : null);
    count(right, result);
    String name = "packed: " + number + " of " + reading + ": ";
    if (result.failure() == null) {
      Difference difference = Difference.of(right, result);
      if (!difference.isNone()) {
        mistakes.add(name + difference);
      }
    } else if (!Set.of("58000", "08006").contains(result.failure().getSQLState())) {
      mistakes.add(name + result.failure().getSQLState() + ": " + result.failure());
    }
  }

  @Test
  void aChangedByteIsOfOneRecordOrAnError() throws Exception {
    Random random = new Random(SEED);
    List<Case> cases = new ArrayList<>();
    for (Reading reading : readings.all()) {
      Result right = right(reading);
      int requests = right.line().received().size();
      for (int i = 0; i < PER_CHANGE; i++) {
        int number = 1 + random.nextInt(requests);
        long seed = random.nextLong();
        cases.add(() -> change(reading, right, number, new Random(seed)));
      }
    }
    runAll("changed bodies", cases);
  }

  private void change(Reading reading, Result right, int number, Random random) throws IOException {
    AtomicReference<Changed> made = new AtomicReference<>();
    AtomicReference<String> of = new AtomicReference<>("");
    Trouble trouble =
        exchange -> {
          Answer answer = exchange.success();
          made.set(Damage.changed(answer.body(), random));
          of.set(exchange.request().line());
          exchange.send(new Answer(answer.status(), answer.type(), made.get().body()));
        };
    Result result = run(reading, Map.of(), (each, request) -> each == number ? trouble : null);
    Changed changed = made.get();
    if (changed == null) {
      return; // the service itself has refused the request
    }
    count(right, result);
    String mistake =
        result.failure() == null
            ? mistake(reading, changed, Difference.of(right, result))
            : mistake(reading, of.get(), changed, result.failure());
    if (!mistake.isEmpty()) {
      mistakes.add(mistake + ": " + of + " of " + reading + ": " + changed);
    }
  }

  /** What of a failure is wrong. */
  private static String mistake(
      Reading reading, String request, Changed changed, SQLException failure) {
    String state = String.valueOf(failure.getSQLState());
    String message = String.valueOf(failure.getMessage());
    Set<String> states = new TreeSet<>(Set.of("58000"));
    if (isJson(changed.body())) {
      if (changed.member().matches("next_cursor|org_id|project_id")) {
        states.addAll(Set.of("22023", "42501")); // which the service itself refuses
      }
      states.add("22003"); // a whole number has become a fraction
      if (reading.table().startsWith("rightbrain_runs.") && request.contains("/task?")) {
        states.addAll(Set.of("42P01", "42703")); // the table has another name or another column
      }
      if (changed.member().matches("totalCount|pageCount")) {
        states.add("40001");
      }
    }
    if (!states.contains(state)) {
      return "FAILURE " + state + ": " + message;
    }
    return state.equals("58000") && !message.contains(reading.schema())
        ? "the message does not name the table: " + message
        : "";
  }

  /** What of an answer is wrong. */
  private static String mistake(Reading reading, Changed changed, Difference difference) {
    if (!isJson(changed.body())) {
      return "NOJSON an answer out of what is no JSON";
    }
    if (difference.isNone() || difference.isOfOneRecord() || difference.isOfTwoColumns()) {
      return "";
    }
    if (changed.member().equals("pagination") && changed.isInName()) {
      return ""; // documented as optional: a page without is the last one
    }
    if (changed.member().equals("id") && difference.isOneMore()) {
      return ""; // of two readings of one record, one has another id
    }
    boolean isOfCondition = reading.sql().contains("WHERE") && changed.member().matches(KEYS);
    if (isOfCondition && difference.isOneLess()) {
      return ""; // a record that is not what was asked for
    }
    return "ROWS " + difference;
  }

  private static boolean isJson(byte[] body) {
    JsonFactory strict =
        JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
    try (JsonParser parser = strict.createParser(body)) {
      int depth = 0;
      int values = 0;
      for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
        values += depth == 0 ? 1 : 0;
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
      }
      return values == 1 || values == 2;
    } catch (IOException e) {
      return false;
    }
  }
}
