package dev.turntable.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.source.ErrorKind;
import dev.turntable.source.TurntableException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A certificate that the JVM does not know, made by the JDK's own tool. */
class TlsTest {
  private static final String PASSWORD = "changeit-please";

  @TempDir private Path directory;
  private Path keyStore;
  private Things things;

  @BeforeEach
  void start() throws Exception {
    keyStore = directory.resolve("server.p12");
    runKeytool();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keyStore)) {
      store.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    things = new Things(context.getSocketFactory());
  }

  private void runKeytool() throws Exception {
    Process keytool =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-genkeypair",
                    "-alias",
                    "server",
                    "-keyalg",
                    "EC",
                    "-validity",
                    "2",
                    "-dname",
                    "CN=localhost",
                    "-ext",
                    "san=dns:localhost,ip:127.0.0.1",
                    "-ext",
                    "bc:c=ca:true",
                    "-storetype",
                    "PKCS12",
                    "-storepass",
                    PASSWORD,
                    "-keystore",
                    keyStore.toString()))
            .redirectErrorStream(true)
            .start();
    String output = new String(keytool.getInputStream().readAllBytes());
    assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(keytool.exitValue()).as(output).isZero();
  }

  @AfterEach
  void close() {
    things.close();
  }

  @Test
  void anUnknownCertificateIsRefusedAtOnce() {
    assertThat(Things.failureOf(() -> things.read("a")))
        .hasMessageContaining("was not sent")
        .extracting(TurntableException::kind)
        .isEqualTo(ErrorKind.UNREACHABLE);
    assertThat(things.received).isEmpty();
    assertThat(things.connection().log().records()).hasSize(1);
  }

  @Test
  void aTrustStoreMakesItKnown() throws Exception {
    KeyStore server = KeyStore.getInstance(keyStore.toFile(), PASSWORD.toCharArray());
    KeyStore store = empty();
    store.setCertificateEntry("server", server.getCertificate("server"));
    trust(store);
    assertThat(things.read("a").id()).isEqualTo("a");
  }

  /** A key store that is read with the wrong password, or none, seems to be empty. */
  @Test
  void aTrustStoreWithoutACertificateIsRefused() throws Exception {
    trust(empty());
    assertThat(Things.failureOf(() -> things.read("a")))
        .hasMessageContainingAll("trustStore", "without a certificate", "trustStorePassword")
        .extracting(TurntableException::kind)
        .isEqualTo(ErrorKind.BAD_VALUE);
  }

  private static KeyStore empty() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private void trust(KeyStore store) throws Exception {
    Path file = directory.resolve("trust.p12");
    try (var out = Files.newOutputStream(file)) {
      store.store(out, PASSWORD.toCharArray());
    }
    things.config.with("trustStore", file.toString()).with("trustStorePassword", PASSWORD);
  }
}
