package dev.turntable.jdbc.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.turntable.simulator.handinger.HandingerState.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A service that sends without end, or lies about sizes, costs neither memory nor time. */
class BoundsTest {
  private static final byte[] MEGABYTE = "x".repeat(1 << 20).getBytes(UTF_8);
  private static final int ENDLESS = 1 << 20;

  private Scene scene;
  private String log;

  @BeforeEach
  void open() throws Exception {
    scene = Scene.handinger(Shape.NEW);
    log =
        "SELECT * FROM webhook_executions WHERE worker_id = '"
            + scene.simulator().handinger().workerIds().get(0)
            + "'";
  }

  @AfterEach
  void close() {
    scene.close();
  }

  private SQLException failure(String sql, Trouble trouble) throws Exception {
    Properties properties = new Properties();
    properties.putAll(scene.key());
    properties.setProperty("maxRetries", "0");
    try (Line line = Line.open(scene.upstream(), (number, request) -> trouble);
        Connection connection = DriverManager.getConnection(scene.jdbcUrl(line), properties);
        Statement statement = connection.createStatement()) {
      return catchThrowableOfType(SQLException.class, () -> statement.executeQuery(sql).next());
    }
  }

  private void failsWith(String state, Trouble trouble) throws Exception {
    SQLException failure = failure("SELECT * FROM tasks WHERE id = 'tsk_x'", trouble);
    assertThat(failure.getSQLState()).as(failure.getMessage()).isEqualTo(state);
    assertThat(failure.getMessage()).hasSizeLessThan(1500).contains("handinger.tasks", "GET /");
  }

  /** Writes until the client has had enough. */
  private static void writeOn(Exchange exchange, byte[] piece) throws IOException {
    for (int i = 0; i < ENDLESS; i++) {
      exchange.write(piece);
    }
  }

  @Test
  void aBodyWithoutEnd() throws Exception {
    failsWith(
        "54000",
        exchange -> {
          exchange.write(
              "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{\"x\":\"".getBytes(UTF_8));
          writeOn(exchange, MEGABYTE);
        });
  }

  @Test
  void aSmallBodyThatIsLargeWhenUnpacked() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write("{\"x\":\"".getBytes(UTF_8));
      for (int i = 0; i < 80; i++) {
        out.write(MEGABYTE);
      }
    }
    failsWith(
        "54000",
        exchange ->
            exchange.send(
                200,
                Map.of("Content-Type", "application/json", "Content-Encoding", "gzip"),
                bytes.toByteArray()));
  }

  @Test
  void aRefusalWithoutEnd() throws Exception {
    failsWith(
        "58000",
        exchange -> {
          exchange.write("HTTP/1.1 500 No\r\nContent-Type: text/html\r\n\r\n".getBytes(UTF_8));
          writeOn(exchange, MEGABYTE);
        });
  }

  @Test
  void headersWithoutEnd() throws Exception {
    failsWith(
        "08006",
        exchange -> {
          exchange.write("HTTP/1.1 200 OK\r\n".getBytes(UTF_8));
          writeOn(exchange, ("X-Filler: " + "x".repeat(5000) + "\r\n").getBytes(UTF_8));
        });
  }

  @Test
  void aHeaderWithoutEnd() throws Exception {
    failsWith(
        "08006",
        exchange -> {
          exchange.write("HTTP/1.1 200 OK\r\nX-Filler: ".getBytes(UTF_8));
          writeOn(exchange, MEGABYTE);
        });
  }

  /** None of them is an answer, and together they are as good as a header without end. */
  @Test
  void interimAnswersWithoutEnd() throws Exception {
    failsWith(
        "08006", exchange -> writeOn(exchange, "HTTP/1.1 102 Processing\r\n\r\n".getBytes(UTF_8)));
  }

  @Test
  void aRedirectToAnEndlessPlace() throws Exception {
    failsWith("08001", Trouble.answer(302, Map.of("Location", "/" + "x".repeat(100_000)), ""));
  }

  /** What is large has an end, and is read to it. */
  @Test
  void fiftyMegabytesBesideATask() throws Exception {
    Properties properties = new Properties();
    properties.putAll(scene.key());
    String task = scene.simulator().handinger().taskIds().get(0);
    try (Line line = Line.open(scene.upstream(), (number, request) -> Trouble.large(50));
        Connection connection = DriverManager.getConnection(scene.jdbcUrl(line), properties);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT id FROM tasks WHERE id = '" + task + "'")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString(1)).isEqualTo(task);
      assertThat(line.received()).hasSize(1);
    }
  }

  @Test
  void jsonOfEndlessDepth() throws Exception {
    failsWith("58000", Trouble.answer(200, Trouble.JSON, "{\"x\":" + "[".repeat(100_000)));
    failsWith(
        "58000", Trouble.answer(200, Trouble.JSON, "{\"task\":{\"id\":" + "[".repeat(100_000)));
  }

  @Test
  void aNumberOfEndlessLength() throws Exception {
    failsWith(
        "22003",
        Trouble.answer(
            200,
            Trouble.JSON,
            "{\"task\":{\"id\":\"tsk_x\",\"totals\":{\"credits\":"
                + "9".repeat(1_000_000)
                + "}}}"));
  }

  @Test
  void moreSpaceThanThereIsForAFewRows() throws Exception {
    for (String count : new String[] {"2000000000", "9000000000000000000"}) {
      Trouble lie =
          Trouble.changed(
              text -> text.replaceFirst("\"pageCount\":\\d+", "\"pageCount\":" + count));
      assertThat(failure(log, lie).getSQLState()).isEqualTo("58000");
      Trouble greaterLie =
          Trouble.changed(
              text ->
                  text.replaceFirst("\"pageCount\":\\d+", "\"pageCount\":" + count)
                      .replaceFirst("\"totalCount\":\\d+", "\"totalCount\":" + count));
      assertThat(failure(log, greaterLie).getSQLState()).isEqualTo("54000");
    }
  }

  /** A write is not sent on to another place, whatever the service says. */
  @Test
  void aWriteFollowsNoRedirect() throws Exception {
    for (int status : new int[] {301, 302, 303, 307, 308}) {
      Properties properties = new Properties();
      properties.putAll(scene.key());
      Trouble redirect =
          exchange ->
              exchange.send(
                  status,
                  Map.of("Location", exchange.line().prefix() + "/api/tasks/elsewhere"),
                  "");
      try (Line line =
              Line.open(
                  scene.upstream(),
                  (number, request) -> request.method().equals("GET") ? null : redirect);
          Connection connection = DriverManager.getConnection(scene.jdbcUrl(line), properties);
          Statement statement = connection.createStatement()) {
        SQLException failure =
            catchThrowableOfType(
                SQLException.class,
                () -> statement.execute("DELETE FROM tasks WHERE id = 'tsk_x'"));
        // 303 says where to see what came of it, so it may have been carried out.
        assertThat(failure.getSQLState())
            .as("redirect " + status)
            .isEqualTo(status == 303 ? "58030" : "58000");
        assertThat(line.received())
            .extracting(Received::line)
            .filteredOn(sent -> !sent.equals("GET /api/tasks/tsk_x"))
            .containsExactly("DELETE /api/tasks/tsk_x");
      }
    }
  }
}
