package dev.turntable.jdbc.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.simulator.handinger.HandingerState;
import dev.turntable.simulator.handinger.HandingerState.Shape;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS with a certificate of one's own, and a real proxy in between. */
class ProxyAndTlsTest {
  @TempDir private Path directory;
  private final Emissions emissions = new Emissions();
  private Scene handinger;

  @BeforeEach
  void open() throws Exception {
    handinger = Scene.handinger(Shape.NEW);
    emissions.secret(Certificate.PASSWORD);
  }

  @AfterEach
  void close() {
    handinger.close();
    emissions.close();
    assertThat(emissions.leaks()).isEmpty();
  }

  /** Returns the id of the published task, or the SQLState and message of the failure. */
  private String read(Line line, String... settings) {
    Map<String, String> all = new HashMap<>(handinger.key());
    for (int i = 0; i < settings.length; i += 2) {
      all.put(settings[i], settings[i + 1]);
    }
    return read(
        handinger.jdbcUrl(line),
        all,
        "SELECT id FROM tasks WHERE id = '" + HandingerState.PUBLISHED_TASK + "'");
  }

  private String read(String url, Map<String, String> settings, String sql) {
    Properties properties = new Properties();
    properties.putAll(settings);
    try (Connection connection = DriverManager.getConnection(url, properties);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      try (ResultSet shown =
          connection.createStatement().executeQuery("TABLE turntable.properties")) {
        while (shown.next()) {
          emissions.hear("turntable.properties", shown.getString(1) + "=" + shown.getString(2));
        }
      }
      return rows.getString(1);
    } catch (SQLException e) {
      emissions.hear("exception", e);
      return e.getSQLState() + " " + e.getMessage();
    }
  }

  private Line tls(Certificate certificate) throws Exception {
    return Line.open(handinger.upstream(), (number, request) -> null, certificate.sockets());
  }

  @Test
  void onlyATrustedCertificateIsTalkedTo() throws Exception {
    Certificate own = Certificate.of("127.0.0.1", directory);
    String trust = own.trustStore(directory.resolve("trust.p12")).toString();
    try (Line line = tls(own)) {
      assertThat(read(line)).startsWith("08001").contains("was not sent");
      assertThat(line.received()).isEmpty();
      assertThat(read(line, "trustStore", trust, "trustStorePassword", Certificate.PASSWORD))
          .isEqualTo(HandingerState.PUBLISHED_TASK);
      assertThat(line.received()).hasSize(1);
    }
  }

  @Test
  void theNameMustBeThatOfTheHost() throws Exception {
    Certificate other = Certificate.of("handinger.example", directory);
    String trust = other.trustStore(directory.resolve("trust.p12")).toString();
    try (Line line = tls(other)) {
      assertThat(read(line, "trustStore", trust, "trustStorePassword", Certificate.PASSWORD))
          .startsWith("08001")
          .contains("was not sent");
      assertThat(line.received()).isEmpty();
    }
  }

  @Test
  void aTrustStoreThatCannotBeUsedIsRefusedAtOnce() throws Exception {
    Certificate own = Certificate.of("127.0.0.1", directory);
    String trust = own.trustStore(directory.resolve("trust.p12")).toString();
    Path text = Files.writeString(directory.resolve("notes.txt"), "my secret diary");
    try (Line line = tls(own)) {
      for (String file :
          new String[] {"/dev/zero", directory.toString(), directory + "/none", text.toString()}) {
        assertThat(read(line, "trustStore", file))
            .startsWith("22023")
            .contains("handinger.trustStore")
            .doesNotContain("diary");
      }
      assertThat(read(line, "trustStore", trust, "trustStorePassword", "wrong"))
          .startsWith("22023");
      assertThat(read(line, "trustStore", trust))
          .startsWith("22023")
          .contains("trustStorePassword");
    }
  }

  @Test
  void plainRequestsGoThroughTheProxy() throws Exception {
    try (Line line = Line.open(handinger.upstream(), (number, request) -> null);
        Proxy proxy = Proxy.open()) {
      for (String address : new String[] {proxy.address(), "http://" + proxy.address()}) {
        assertThat(read(line, "proxy", address)).isEqualTo(HandingerState.PUBLISHED_TASK);
      }
      assertThat(proxy.received())
          .hasSize(2)
          .allSatisfy(
              request -> {
                assertThat(request.method()).isEqualTo("GET");
                assertThat(request.target()).startsWith(line.url());
              });
      assertThat(line.received()).hasSize(2);
    }
  }

  @Test
  void theProxySeesNothingOfATunnel() throws Exception {
    Certificate own = Certificate.of("127.0.0.1", directory);
    String trust = own.trustStore(directory.resolve("trust.p12")).toString();
    try (Line line = tls(own);
        Proxy proxy = Proxy.open()) {
      assertThat(
              read(
                  line,
                  "proxy",
                  proxy.address(),
                  "trustStore",
                  trust,
                  "trustStorePassword",
                  Certificate.PASSWORD))
          .isEqualTo(HandingerState.PUBLISHED_TASK);
      assertThat(proxy.received())
          .singleElement()
          .satisfies(
              request -> {
                assertThat(request.method()).isEqualTo("CONNECT");
                assertThat(line.url()).contains("//" + request.target() + "/");
                assertThat(request.headers()).doesNotContainKey("authorization");
              });
      assertThat(line.received()).hasSize(1);
    }
  }

  @Test
  void tokensAreAskedForThroughTheProxyToo() throws Exception {
    try (Scene rightbrain = Scene.rightbrain(1, 1);
        Line line = Line.open(rightbrain.upstream(), (number, request) -> null);
        Proxy proxy = Proxy.open()) {
      Map<String, String> settings = new HashMap<>(Scene.client());
      settings.put("proxy", proxy.address());
      assertThat(read(rightbrain.jdbcUrl(line), settings, "SELECT name FROM tasks"))
          .isEqualTo("Task-1");
      assertThat(proxy.received())
          .extracting(request -> request.target().substring(line.url().length()))
          .first()
          .isEqualTo("/oauth2/token");
      assertThat(proxy.received()).hasSameSizeAs(line.received());
    }
  }

  @Test
  void aProxyThatDoesNotHelpIsSaidToBeTheReason() throws Exception {
    Certificate own = Certificate.of("127.0.0.1", directory);
    try (Line line = Line.open(handinger.upstream(), (number, request) -> null);
        Line secure = tls(own)) {
      String address = askInVain(line, secure);
      assertThat(read(line, "proxy", address, "maxRetries", "0"))
          .startsWith("08001")
          .contains("was not sent");
      assertThat(line.received()).isEmpty();
      assertThat(secure.received()).isEmpty();
    }
  }

  /** Returns the address of a proxy that lets nobody through, and then is there no more. */
  private String askInVain(Line line, Line secure) throws Exception {
    try (Proxy proxy = Proxy.closed()) {
      assertThat(read(line, "proxy", proxy.address())).startsWith("58000").contains("407");
      assertThat(read(secure, "proxy", proxy.address(), "maxRetries", "0"))
          .startsWith("08001")
          .contains("was not sent");
      return proxy.address();
    }
  }
}
