package dev.turntable.jdbc.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.jdbc.faults.Session.Asked;
import dev.turntable.jdbc.faults.Session.Question;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A token is revoked in the middle of a scan, and every fault meets who asks for another one: once
 * and for good, with one slot and with eight, for one statement and for several at once. Each is
 * answered completely or fails as the fault says, and when the trouble is over the connection
 * answers again.
 */
class TokenTroubleTest {
  private static final int CASES_AT_ONCE = 48;
  private static final String TOKENS = "/oauth2/token";
  private static final String SQL = "SELECT id, task_id, created FROM rightbrain.task_runs";

  private final ConcurrentLinkedQueue<String> mistakes = new ConcurrentLinkedQueue<>();
  private final AtomicInteger answers = new AtomicInteger();
  private final AtomicInteger failures = new AtomicInteger();
  private Scene scene;

  @BeforeEach
  void open() throws IOException {
    scene = Scene.rightbrain(3, 40);
  }

  @AfterEach
  void close() {
    scene.close();
  }

  /** Refuses the first token from some request on, and lets something happen to those who renew. */
  private static final class Revoked implements Line.Plan {
    private final int after;
    private final Trouble trouble;
    private final boolean once;
    private final Set<String> revoked = ConcurrentHashMap.newKeySet();
    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicInteger renewals = new AtomicInteger();

    /**
     * @param after how many reads the token serves
     * @param trouble what meets a renewal
     * @param once whether it meets the first one only
     */
    Revoked(int after, Trouble trouble, boolean once) {
      this.after = after;
      this.trouble = trouble;
      this.once = once;
    }

    @Override
    public Trouble trouble(int number, Received request) {
      if (request.path().equals(TOKENS)) {
        boolean isRenewal = !revoked.isEmpty();
        return isRenewal && (renewals.incrementAndGet() == 1 || !once) ? trouble : null;
      }
      String token = request.header("authorization");
      if (revoked.isEmpty() && reads.incrementAndGet() > after) {
        revoked.add(token);
      }
      return revoked.contains(token) ? Trouble.status(401) : null;
    }
  }

  @Test
  void aRevokedTokenIsRenewedOrAllWhoWaitAreTold() throws Exception {
    List<List<String>> right;
    try (Session session = Session.open(scene, scene.key())) {
      right = session.ask(Question.of(SQL, 0)).rows();
    }
    assertThat(right).hasSize(120);
    List<Callable<Void>> cases = new ArrayList<>();
    try (Line elsewhere =
        Line.open(new Upstream("http://127.0.0.1:1"), (number, request) -> null)) {
      for (Fault fault : Faults.all(elsewhere.url())) {
        for (boolean once : new boolean[] {true, false}) {
          if (!fault.isLarge() && (once ? fault.once() : fault.lasting()) != null) {
            add(cases, fault, once, right);
          }
        }
      }
      assertThat(cases).hasSizeGreaterThan(200);
      Crowd.run(CASES_AT_ONCE, cases);
      assertThat(elsewhere.received()).as("requests that went to another host").isEmpty();
    }
    System.out.printf(
        Locale.ROOT,
        "trouble with tokens: %,d cases: %,d complete answers, %,d exceptions%n",
        cases.size(),
        answers.get(),
        failures.get());
    assertThat(mistakes).isEmpty();
  }

  private void add(
      List<Callable<Void>> cases, Fault fault, boolean once, List<List<String>> right) {
    // In the middle of a scan with reads ahead, and with several scans that have one slot together.
    int[][] slotsAndStatements = {{8, 1}, {8, 4}, {1, 1}, {1, 4}};
    for (int i = 0; i < slotsAndStatements.length; i++) {
      int slots = slotsAndStatements[i][0];
      int statements = slotsAndStatements[i][1];
      int after = 1 + (cases.size() + i) % 4;
      cases.add(
          () -> {
            run(fault, once, slots, statements, after, right);
            return null;
          });
    }
  }

  private void run(
      Fault fault, boolean once, int slots, int statements, int after, List<List<String>> right)
      throws Exception {
    Map<String, String> settings = new HashMap<>(scene.key());
    settings.remove("apiKey");
    settings.putAll(Scene.client());
    settings.putAll(fault.settings());
    settings.put("maxConcurrentRequests", String.valueOf(slots));
    settings.put("maxRetries", once ? "4" : "1");
    Reading reading = new Reading(scene, "rightbrain.task_runs", "list", "", SQL, settings);
    Outcome expected = (once ? fault.once() : fault.lasting()).apply(reading);
    String name =
        fault.name()
            + (once ? "" : " for good")
            + ", "
            + slots
            + " slots, "
            + statements
            + " statements, revoked after "
            + after
            + ": ";
    try (Session session = Session.open(scene, settings)) {
      Revoked revoked = new Revoked(after, fault.trouble().get(), once);
      session.let(revoked);
      List<Asked> all = new ArrayList<>();
      Callable<Void> one =
          () -> {
            Asked asked = session.ask(Question.of(SQL, fault.queryTimeout()));
            synchronized (all) {
              all.add(asked);
            }
            return null;
          };
      Crowd.run(statements, java.util.Collections.nCopies(statements, one));
      boolean happened = revoked.renewals.get() > 0;
      for (Asked asked : all) {
        judge(name, asked, happened ? expected : Outcome.COMPLETE, right, fault);
      }
      session.let((number, request) -> null);
      if (fault.name().equals("nobody there any more")) {
        return; // nor afterwards
      }
      Asked afterwards = session.ask(Question.of(SQL, 0));
      if (!afterwards.rows().equals(right)) {
        mistakes.add(name + "afterwards " + afterwards);
      }
    }
  }

  private void judge(
      String name, Asked asked, Outcome expected, List<List<String>> right, Fault fault) {
    if (asked.failure() == null) {
      answers.incrementAndGet();
      if (!asked.rows().equals(right)) {
        mistakes.add(name + asked);
      }
      return;
    }
    failures.incrementAndGet();
    boolean isLate = fault.queryTimeout() > 0 && asked.state().equals("HYT00");
    if (!expected.states().contains(asked.state()) && !isLate) {
      mistakes.add(name + asked + ", not " + expected);
    }
    if (!String.valueOf(asked.failure().getMessage()).contains("rightbrain") && !isLate) {
      mistakes.add(name + "no table in " + asked);
    }
  }
}
