package dev.turntable.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of 64 MiB are sent from the text that was bound: no second copy of them is made. */
class LargeFilesTest {
  private static final long MAX = 64L << 20;

  /** Of 89 MB of text, and of 64 MiB of bytes. */
  private static final long LITTLE = 8L << 20;

  private static final String RIGHTBRAIN_ID = "019dafb2-6f80-4f5d-b1e5-db3e3ac0c35d";

  private HttpServer server;
  private final AtomicLong received = new AtomicLong();

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    server.createContext(
        "/",
        exchange -> {
          try (exchange;
              InputStream body = exchange.getRequestBody()) {
            byte[] buffer = new byte[1 << 16];
            for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
              received.addAndGet(read);
            }
            byte[] answer = answer(exchange.getRequestMethod()).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
          }
        });
    server.start();
  }

  private static String answer(String method) {
    String id = "\"id\":\"" + RIGHTBRAIN_ID + "\"";
    return method.equals("GET")
        ? "{" + id + ",\"name\":\"scan\",\"active_revisions\":[],\"revisions\":[]}"
        : "{"
            + id
            + ",\"task_id\":\""
            + RIGHTBRAIN_ID
            + "\",\"task_revision_id\":\""
            + RIGHTBRAIN_ID
            + "\",\"created\":\"2026-05-01T10:00:00Z\",\"run_data\":{},\"output_text\":\"done\"}";
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private Connection connect(String source) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("apiKey", "some-key");
    properties.setProperty("baseUrl", "http://127.0.0.1:" + server.getAddress().getPort());
    if (source.equals("rightbrain")) {
      properties.setProperty("orgId", RIGHTBRAIN_ID);
      properties.setProperty("projectId", RIGHTBRAIN_ID);
    }
    return DriverManager.getConnection("jdbc:turntable:" + source, properties);
  }

  private static String files(String content) {
    return "[{\"filename\":\"a\",\"media_type\":\"text/plain\",\"content\":\"" + content + "\"}]";
  }

  @ParameterizedTest
  @ValueSource(strings = {"handinger", "rightbrain"})
  void noCopyIsMade(String source) throws SQLException {
    String large = files("AAAA".repeat((int) (MAX / 3)) + "AA==");
    String insert =
        source.equals("handinger")
            ? "INSERT INTO tasks (input, files) VALUES ('x', ?)"
            : "INSERT INTO task_runs (task_id, input, files) VALUES ('"
                + RIGHTBRAIN_ID
                + "', '{}', ?)";
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    try (Connection connection = connect(source);
        PreparedStatement statement = connection.prepareStatement(insert)) {
      statement.setString(1, files("AAAA"));
      statement.executeUpdate(); // what a first statement loads
      received.set(0);
      statement.setString(1, large);
      long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
      assertThat(statement.executeUpdate()).isEqualTo(1);
      long allocated = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
      assertThat(allocated).isLessThan(LITTLE);
      assertThat(received.get())
          .isBetween(MAX, (source.equals("handinger") ? MAX : MAX / 3 * 4) + 1000);
      assertTooLarge(statement);
    }
  }

  private void assertTooLarge(PreparedStatement statement) throws SQLException {
    statement.setString(1, files("AAAA".repeat((int) (MAX / 3)) + "AAA="));
    long sent = received.get();
    SQLException failure = catchThrowableOfType(SQLException.class, statement::executeUpdate);
    assertThat(failure.getSQLState()).isEqualTo("54000");
    assertThat((Throwable) failure).hasMessageContaining("64 MiB");
    assertThat(received.get()).isEqualTo(sent);
  }
}
