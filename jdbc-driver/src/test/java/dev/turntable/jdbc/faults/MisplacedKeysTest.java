package dev.turntable.jdbc.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A key where none belongs: typed in SQL or in the wrong place of a URL, or repeated by a service in
 * whatever form. Holds number 12 of the list of broken promises.
 */
class MisplacedKeysTest {
  private static final String KEY = "hdg_live_0a1B2c3D4e5F6g7H";
  private static final String ID = "my-client";
  private static final String SECRET = "s3cret/with+odd=signs&more";

  private static final String UUID = "01234567-89ab-cdef-0123-456789abcdef";

  /** The server of this test tells the requests that it gets. */
  private static final Logger SERVER = Logger.getLogger("com.sun.net.httpserver");

  private final Emissions emissions = new Emissions();
  private HttpServer server;
  private String url;

  @BeforeEach
  void open() throws IOException {
    SERVER.setLevel(Level.OFF);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", MisplacedKeysTest::repeat);
    server.start();
    url = "http://127.0.0.1:" + server.getAddress().getPort();
    for (String secret : List.of(KEY, SECRET)) {
      emissions.secret(secret);
      emissions.secret(URLEncoder.encode(secret, UTF_8));
    }
    for (String text : List.of(KEY, SECRET, ID + ":" + SECRET, form(ID) + ":" + form(SECRET))) {
      emissions.secret(Base64.getEncoder().encodeToString(text.getBytes(UTF_8)));
      emissions.secret(
          Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8)));
    }
  }

  @AfterEach
  void close() {
    server.stop(0);
    emissions.close();
  }

  private static String form(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  /** Tells everything that it got, as it was and as it was meant. */
  private static void repeat(HttpExchange exchange) throws IOException {
    String authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
    String credentials = authorization.substring(authorization.indexOf(' ') + 1);
    String decoded =
        authorization.startsWith("Basic ")
            ? new String(Base64.getDecoder().decode(credentials), UTF_8)
            : Base64.getEncoder().encodeToString(("Bearer " + credentials).getBytes(UTF_8));
    String text =
        authorization
            + " is "
            + credentials
            + ", which is "
            + decoded
            + " or "
            + java.net.URLDecoder.decode(decoded, UTF_8)
            + " at "
            + exchange.getRequestURI()
            + " "
            + URLEncoder.encode(authorization, UTF_8);
    byte[] body =
        ("{\"error\": \"" + text.replace("\"", "\\\"").replace("/", "\\/") + "\"}").getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(400, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private Properties properties(String... pairs) {
    Properties properties = new Properties();
    properties.setProperty("baseUrl", url);
    properties.setProperty("maxRetries", "0");
    for (int i = 0; i < pairs.length; i += 2) {
      properties.setProperty(pairs[i], pairs[i + 1]);
    }
    return properties;
  }

  @Test
  void aTokenEndpointThatRepeatsTheClientSecretIsNotQuoted() throws SQLException {
    Properties properties =
        properties("clientId", ID, "clientSecret", SECRET, "orgId", UUID, "projectId", UUID);
    properties.setProperty("tokenUrl", url + "/token");
    try (Connection connection =
        DriverManager.getConnection("jdbc:turntable:rightbrain", properties)) {
      run(connection, "SELECT * FROM tasks");
      hearAll(connection);
    }
    assertNothingLeaked();
  }

  @Test
  void aKeyTypedInSqlIsNotRepeated() throws SQLException {
    try (Connection connection =
        DriverManager.getConnection("jdbc:turntable:handinger", properties("apiKey", KEY))) {
      for (String typed :
          List.of(
              KEY, form(KEY), Base64.getEncoder().encodeToString(("x:" + KEY).getBytes(UTF_8)))) {
        for (String form :
            List.of(
                "SELECT id FROM tasks WHERE id = '%s'",
                "SELECT * FROM tasks WHERE title = '%s' AND id = 'a'",
                "SELECT \"%s\" FROM tasks WHERE id = 'a'",
                "SELECT * FROM \"%s\"",
                "SELECT * FROM \"%s\".tasks",
                "SELECT * FROM tasks WHERE id = '%s",
                "SELECT '%s' + 1 FROM tasks WHERE id = 'a'",
                "SELECT CAST('%s' AS INTEGER) FROM tasks WHERE id = 'a'",
                "SELECT \"%s\"(1)",
                "%s",
                "USE \"%s\"",
                "/* %s */ SELECT * FROM turns WHERE task_id = 'a'",
                "EXPLAIN PLAN FOR SELECT * FROM tasks WHERE id = '%1$s' AND title LIKE '%1$s'",
                "INSERT INTO tasks (worker_id, input) VALUES ('%1$s', '%1$s')",
                "INSERT INTO tasks (\"%s\") VALUES ('a')",
                "DELETE FROM tasks WHERE id = '%s'")) {
          run(connection, String.format(form, typed));
        }
        attempt(() -> connection.setSchema(typed));
        attempt(() -> connection.createStatement().executeQuery("SELECT 1").findColumn(typed));
        attempt(() -> connection.createStatement().setCursorName(typed));
        attempt(() -> connection.setClientInfo(typed, typed));
        attempt(() -> connection.nativeSQL("{fn " + typed));
      }
      hearAll(connection);
    }
    assertNothingLeaked();
  }

  @Test
  void aKeyInTheWrongPlaceOfAUrlIsNotRepeated() {
    for (String form :
        List.of(
            "jdbc:turntable:%s",
            "jdbc:turntable:%s:apiKey=a",
            "jdbc:turntable:handinger+%s",
            "jdbc:turntable:handinger:%s",
            "jdbc:turntable:handinger:%s=1",
            "jdbc:turntable:handinger:handinger.%s=1",
            "jdbc:turntable:handinger:rightbrain.%s=1",
            "jdbc:turntable:handinger:apiKey=a;%s",
            "jdbc:turntable:handinger:apiKey=a;%s=",
            "jdbc:turntable:handinger:apiKey=\"a\"%s",
            "jdbc:turntable:handinger:apiKey=\"%s",
            "jdbc:turntable:handinger:maxRequests=%s",
            "jdbc:turntable:handinger:readOnly=%s",
            "jdbc:turntable:handinger:baseUrl=%s",
            "jdbc:turntable:handinger:baseUrl=https://%s@x.invalid",
            "jdbc:turntable:handinger:apiKey=a;proxy=%s:x",
            "jdbc:turntable:handinger:apiKey=a;taskIds=%s!",
            "jdbc:turntable:handinger:apiKey=a;taskIds=@%s",
            "jdbc:turntable:handinger:apiKey=a;trustStore=%s",
            "jdbc:turntable:handinger@%s",
            "jdbc:turntable:handinger?apiKey=%s",
            "jdbc:turntable://%s@handinger",
            "jdbc:turntable:demo:apiKey=%s",
            "jdbc:turntable:demo:%s=1")) {
      for (String typed : List.of(KEY, form(SECRET))) {
        attempt(() -> DriverManager.getConnection(String.format(form, typed)).close());
      }
    }
    attempt(
        () -> {
          try (Connection connection =
              DriverManager.getConnection(
                  "jdbc:turntable:handinger", properties("apiKey", "a", KEY, KEY))) {
            hear(connection.getWarnings());
          }
        });
    assertNothingLeaked();
  }

  /** A key that is given twice, once where it is shown. */
  @Test
  void aKnownKeyInAPropertyThatIsShownIsMasked() throws SQLException {
    try (Connection connection =
        DriverManager.getConnection(
            "jdbc:turntable:handinger:workerIds=" + KEY + ";taskIds=" + KEY,
            properties("apiKey", KEY))) {
      run(connection, "SELECT id FROM tasks");
      hearAll(connection);
    }
    assertNothingLeaked();
  }

  private interface Action {
    void run() throws SQLException;
  }

  private void attempt(Action action) {
    try {
      action.run();
    } catch (SQLException e) {
      hear(e);
    }
  }

  private void hear(SQLException failure) {
    for (SQLException e = failure; e != null; e = e.getNextException()) {
      emissions.hear("exception", e);
    }
  }

  private void hear(SQLWarning warning) {
    for (SQLWarning w = warning; w != null; w = w.getNextWarning()) {
      emissions.hear("warning", w);
    }
  }

  private void run(Connection connection, String sql) {
    attempt(
        () -> {
          try (Statement statement = connection.createStatement()) {
            try {
              if (statement.execute(sql)) {
                hear(statement.getResultSet(), "result");
              }
            } finally {
              hear(statement.getWarnings());
            }
          }
        });
    attempt(() -> connection.prepareStatement(sql).close());
  }

  private void hear(ResultSet rows, String where) throws SQLException {
    while (rows.next()) {
      for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
        emissions.hear(where, String.valueOf(rows.getString(i)));
      }
    }
  }

  private void hearAll(Connection connection) throws SQLException {
    hear(connection.getWarnings());
    emissions.hear("URL", connection.getMetaData().getURL());
    emissions.hear("user", String.valueOf(connection.getMetaData().getUserName()));
    emissions.hear("connection", connection.toString());
    List<String> tables = new ArrayList<>();
    try (ResultSet found = connection.getMetaData().getTables(null, "turntable", "%", null)) {
      while (found.next()) {
        tables.add(found.getString("TABLE_NAME"));
      }
    }
    assertThat(tables).hasSizeGreaterThanOrEqualTo(4);
    for (String table : tables) {
      try (Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("SELECT * FROM turntable." + table)) {
        hear(rows, "turntable." + table);
      }
    }
  }

  private void assertNothingLeaked() {
    assertThat(emissions.leaks()).isEmpty();
    assertThat(emissions.characters()).isGreaterThan(500);
  }
}
