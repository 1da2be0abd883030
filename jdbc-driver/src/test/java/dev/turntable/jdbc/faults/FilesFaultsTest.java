package dev.turntable.jdbc.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.simulator.handinger.HandingerState.Shape;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every fault at a POST that carries files as a form: it is sent once at most, what the statement says of
 * it is so at the service, and nothing that the driver emits shows a file.
 */
class FilesFaultsTest {
  private static final int CASES_AT_ONCE = 48;
  private static final String SECRET = "the content of the file, which nobody else is to see";
  private static final String BASE64 = Base64.getEncoder().encodeToString(SECRET.getBytes());
  private static final String FILES =
      "[{\"filename\":\"a.txt\",\"media_type\":\"text/plain\",\"content\":\""
          + BASE64
          + "\"},{\"filename\":\"b.bin\",\"media_type\":\"application/octet-stream\",\"content\":\"\"}]";

  private final ConcurrentLinkedQueue<String> mistakes = new ConcurrentLinkedQueue<>();
  private final AtomicInteger written = new AtomicInteger();
  private final AtomicInteger unknown = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();

  @ParameterizedTest
  @ValueSource(strings = {"", " RETURNING id, output_text"})
  void everyFaultAtAPostWithFiles(String returning) throws Exception {
    Emissions emissions = new Emissions();
    emissions.secret(SECRET);
    emissions.secret(BASE64);
    try (Scene scene = Scene.handinger(Shape.NEW);
        Line elsewhere = Line.open(new Upstream("http://127.0.0.1:1"), (number, request) -> null)) {
      List<Callable<Void>> cases = new ArrayList<>();
      for (Fault fault : Faults.all(elsewhere.url())) {
        if (!fault.isLarge()) {
          cases.add(
              () -> {
                run(fault, scene, returning, emissions);
                return null;
              });
        }
      }
      ExecutorService threads = Executors.newFixedThreadPool(CASES_AT_ONCE);
      try {
        for (Future<Void> done : threads.invokeAll(cases)) {
          done.get();
        }
      } finally {
        threads.shutdownNow();
      }
      assertThat(elsewhere.received()).as("requests that went to another host").isEmpty();
      emissions.leaks().forEach(leak -> mistakes.add("a secret in " + leak));
    } finally {
      emissions.close();
    }
    System.out.printf(
        Locale.ROOT,
        "faults at a POST with files: %d written, %d unknown, %d refused%n",
        written.get(),
        unknown.get(),
        refused.get());
    assertThat(mistakes).isEmpty();
    assertThat(written.get()).isGreaterThan(10);
    assertThat(unknown.get()).isPositive();
    assertThat(refused.get()).isGreaterThan(5);
  }

  private void run(Fault fault, Scene scene, String returning, Emissions emissions)
      throws Exception {
    String mark = "input of " + fault.name() + returning;
    Trouble trouble = fault.trouble().get();
    Properties properties = new Properties();
    properties.putAll(scene.key());
    properties.setProperty("runTimeout", "3");
    properties.setProperty("maxRetries", "1");
    SQLException failure = null;
    try (Line line =
        Line.open(
            scene.upstream(),
            (number, request) -> request.method().equals("POST") ? trouble : null)) {
      try (Connection connection = DriverManager.getConnection(scene.jdbcUrl(line), properties)) {
        try (PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO tasks (input, files) VALUES (?, ?)" + returning)) {
          insert.setQueryTimeout(fault.queryTimeout());
          insert.setString(1, mark);
          insert.setString(2, FILES);
          insert.execute();
        } catch (SQLException e) {
          failure = e;
          emissions.hear(fault.name(), e);
        }
        try (Statement statement = connection.createStatement();
            ResultSet rows = statement.executeQuery("SELECT sql, url FROM turntable.requests")) {
          while (rows.next()) {
            emissions.hear("requests", rows.getString(1) + rows.getString(2));
          }
        }
      }
      judge(fault, scene, mark, line, failure);
    }
  }

  private void judge(Fault fault, Scene scene, String mark, Line line, SQLException failure) {
    List<Received> posts =
        line.received().stream().filter(each -> each.method().equals("POST")).toList();
    long there =
        scene.simulator().handinger().tasks().stream()
            .filter(task -> task.turns().stream().anyMatch(turn -> turn.input().equals(mark)))
            .count();
    String state = failure == null ? "written" : String.valueOf(failure.getSQLState());
    String what = fault.name() + ": " + state + ", there " + there + " times, " + failure;
    if (posts.size() > 1 || there > 1) {
      mistakes.add("twice: " + what);
    }
    if (posts.stream().anyMatch(p -> !p.header("content-type").startsWith("multipart/form-data"))) {
      mistakes.add("no form: " + what);
    }
    boolean read = failure == null || String.valueOf(failure.getMessage()).contains("was written");
    if (read) {
      written.incrementAndGet();
    } else if (state.equals("58030")) {
      unknown.incrementAndGet();
    } else {
      refused.incrementAndGet();
    }
    if (read && there != 1) {
      mistakes.add("said to be written: " + what);
    }
    if (!read && !state.equals("58030") && there != 0) {
      mistakes.add("said not to be: " + what);
    }
    if (there == 1 && read && scene.simulator().handinger().uploads(id(scene, mark)).size() != 2) {
      mistakes.add("without its files: " + what);
    }
  }

  private static String id(Scene scene, String mark) {
    return scene.simulator().handinger().tasks().stream()
        .filter(task -> task.turns().stream().anyMatch(turn -> turn.input().equals(mark)))
        .findFirst()
        .orElseThrow()
        .id();
  }

  /** The heap of the service, not ours, bounds what is sent: nothing of it is copied here. */
  @Test
  void theLengthIsToldBeforehand() throws Exception {
    try (Scene scene = Scene.handinger(Shape.NEW);
        Line line = Line.open(scene.upstream(), (number, request) -> null)) {
      Properties properties = new Properties();
      properties.putAll(scene.key());
      try (Connection connection = DriverManager.getConnection(scene.jdbcUrl(line), properties);
          PreparedStatement insert =
              connection.prepareStatement("INSERT INTO tasks (input, files) VALUES ('x', ?)")) {
        insert.setString(1, FILES);
        assertThat(insert.executeUpdate()).isEqualTo(1);
      }
      Received post = line.received().get(0);
      assertThat(post.header("content-length")).isEqualTo(String.valueOf(post.body().length));
      assertThat(post.header("transfer-encoding")).isEmpty();
    }
  }
}
