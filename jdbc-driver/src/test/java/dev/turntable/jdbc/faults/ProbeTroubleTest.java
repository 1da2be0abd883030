package dev.turntable.jdbc.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.jdbc.faults.Session.Asked;
import dev.turntable.jdbc.faults.Session.Question;
import dev.turntable.simulator.handinger.HandingerState.Shape;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Every fault meets what a connection finds out by itself: where the key belongs, which tables there
 * are, whether anybody is there. Such a question is answered completely or fails as the fault says; a
 * failure is not kept, so that the next one is answered when the trouble is over.
 */
class ProbeTroubleTest {
  private static final int CASES_AT_ONCE = 64;
  private static final int SECONDS = 20;

  private final ConcurrentLinkedQueue<String> mistakes = new ConcurrentLinkedQueue<>();
  private final AtomicInteger answers = new AtomicInteger();
  private final AtomicInteger failures = new AtomicInteger();
  private Scene handinger;
  private Scene rightbrain;

  @BeforeEach
  void open() throws IOException {
    handinger = Scene.handinger(Shape.NEW);
    rightbrain = Scene.rightbrain(3, 5);
  }

  @AfterEach
  void close() {
    handinger.close();
    rightbrain.close();
  }

  /** A key of Rightbrain that does not say where it belongs: that is asked first. */
  private Map<String, String> keyAlone() {
    return Map.of("apiKey", rightbrain.key().get("apiKey"));
  }

  /** A key of Handinger, and a task to ask for. */
  private Map<String, String> known() {
    Map<String, String> settings = new HashMap<>(handinger.key());
    settings.put("taskIds", handinger.simulator().handinger().taskIds().get(0));
    return settings;
  }

  private static Question prepared(String sql) {
    return connection -> {
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        List<List<String>> columns = new ArrayList<>();
        for (int i = 1; i <= statement.getMetaData().getColumnCount(); i++) {
          columns.add(List.of(statement.getMetaData().getColumnName(i)));
        }
        return columns;
      }
    };
  }

  private static Map<String, Question> questions() {
    Map<String, Question> questions = new TreeMap<>();
    questions.put("rows", Question.of("SELECT id, name FROM rightbrain.tasks", 0));
    questions.put("rows of a task", Question.of("SELECT * FROM rightbrain_runs.\"Task-1\"", 0));
    questions.put(
        "tables",
        connection ->
            Session.rows(connection.getMetaData().getTables(null, "rightbrain_runs", "%", null)));
    questions.put(
        "columns",
        connection ->
            Session.rows(connection.getMetaData().getColumns(null, "rightbrain_runs", "%", "%")));
    questions.put("a plan", prepared("SELECT * FROM rightbrain_runs.\"Task-2\""));
    return questions;
  }

  @Test
  void whatAConnectionFindsOutIsRightOrAFailureOfThatQuestionOnly() throws Exception {
    List<Callable<Void>> cases = new ArrayList<>();
    try (Line elsewhere =
        Line.open(new Upstream("http://127.0.0.1:1"), (number, request) -> null)) {
      List<Fault> faults = Faults.all(elsewhere.url());
      for (Map<String, String> settings : List.of(keyAlone(), Scene.client())) {
        for (Map.Entry<String, Question> question : questions().entrySet()) {
          List<List<String>> right;
          int requests;
          try (Session session = Session.open(rightbrain, settings)) {
            Asked asked = session.ask(question.getValue());
            assertThat((Throwable) asked.failure()).as(question.getKey()).isNull();
            right = asked.rows();
            requests = session.line().received().size();
          }
          assertThat(right).as(question.getKey()).isNotEmpty();
          for (Fault fault : faults) {
            for (int number = 1; number <= requests; number++) {
              add(cases, fault, settings, question, right, number);
            }
          }
        }
      }
      Crowd.run(CASES_AT_ONCE, cases);
      assertThat(elsewhere.received()).as("requests that went to another host").isEmpty();
    }
    System.out.printf(
        Locale.ROOT,
        "trouble with probes: %,d cases: %,d complete answers, %,d exceptions%n",
        cases.size(),
        answers.get(),
        failures.get());
    assertThat(mistakes).isEmpty();
  }

  /** Each fault at each request, every other one for good. */
  private void add(
      List<Callable<Void>> cases,
      Fault fault,
      Map<String, String> settings,
      Map.Entry<String, Question> question,
      List<List<String>> right,
      int number) {
    boolean canBeOnce = fault.once() != null;
    boolean once = fault.lasting() == null || (canBeOnce && cases.size() % 2 == 0);
    if (fault.isLarge() || fault.queryTimeout() > 0) {
      return; // as large as any other one, and what has no time-out
    }
    String name =
        fault.name()
            + (once ? "" : " for good")
            + " at request "
            + number
            + " for "
            + question.getKey()
            + " with "
            + settings.keySet()
            + ": ";
    cases.add(
        () -> {
          run(name, fault, once, settings, question.getValue(), right, number);
          return null;
        });
  }

  private void run(
      String name,
      Fault fault,
      boolean once,
      Map<String, String> base,
      Question question,
      List<List<String>> right,
      int number)
      throws IOException, SQLException {
    Map<String, String> settings = new HashMap<>(base);
    settings.putAll(fault.settings());
    settings.put("maxRetries", once ? "4" : "1");
    Reading reading = new Reading(rightbrain, "rightbrain.tasks", "list", "", "", settings);
    Trouble trouble = fault.trouble().get();
    try (Session session = Session.open(rightbrain, settings)) {
      session.let((each, request) -> each == number || (each > number && !once) ? trouble : null);
      Asked asked = session.ask(question);
      Outcome expected =
          session.line().faults() == 0
              ? Outcome.COMPLETE
              : (once ? fault.once() : fault.lasting()).apply(reading);
      if (asked.failure() == null) {
        answers.incrementAndGet();
        boolean isNone = name.matches("404 in the service's own words .* for rows of a task .*");
        if (!asked.rows().equals(right) && !(isNone && asked.rows().isEmpty())) {
          mistakes.add(name + asked);
        }
      } else {
        failures.incrementAndGet();
        if (!expected.states().contains(asked.state())) {
          mistakes.add(name + asked + ", not " + expected);
        }
        if (!asked.toString().contains("rightbrain")) {
          mistakes.add(name + "no table in " + asked);
        }
      }
      if (!fault.name().equals("nobody there any more")) {
        session.let((each, request) -> null);
        Asked afterwards = session.ask(question);
        if (!afterwards.rows().equals(right)) {
          mistakes.add(name + "afterwards " + afterwards);
        }
      }
    }
  }

  /** Whether a connection is valid is true or false whatever happens, and found out anew. */
  @Test
  void aConnectionIsValidOrNotWhateverHappens() throws Exception {
    List<Callable<Void>> cases = new ArrayList<>();
    for (Scene scene : List.of(handinger, rightbrain)) {
      for (Map<String, String> settings :
          scene == handinger
              ? List.of(known())
              : List.of(scene.key(), keyAlone(), Scene.client())) {
        for (Fault fault : Faults.all("http://127.0.0.1:1")) {
          if (!fault.isLarge()) {
            cases.add(
                () -> {
                  validity(scene, settings, fault);
                  return null;
                });
          }
        }
      }
    }
    Crowd.run(CASES_AT_ONCE, cases);
    assertThat(mistakes).isEmpty();
  }

  private void validity(Scene scene, Map<String, String> base, Fault fault)
      throws IOException, SQLException {
    Map<String, String> settings = new HashMap<>(base);
    settings.put("maxRetries", "0");
    settings.putAll(fault.settings());
    Trouble trouble = fault.trouble().get();
    String name = "isValid, " + fault.name() + ", " + scene.source() + " " + settings.keySet();
    try (Session session = Session.open(scene, settings)) {
      session.let((number, request) -> trouble);
      Connection connection = session.connection();
      boolean answered = connection.isValid(SECONDS);
      boolean isDeaf = fault.name().matches("401|hangs.*|a byte a second|nobody.*|reset.*|end .*");
      if (answered && isDeaf) {
        mistakes.add(name + ": valid");
      }
      if (!fault.name().equals("nobody there any more")) {
        session.let((number, request) -> null);
        if (!connection.isValid(SECONDS)) {
          mistakes.add(name + ": not valid afterwards");
        }
      }
    }
  }
}
