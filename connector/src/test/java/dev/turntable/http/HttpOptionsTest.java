package dev.turntable.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turntable.source.ErrorKind;
import dev.turntable.source.TurntableException;
import java.net.Proxy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpOptionsTest {
  private static HttpOptions options(TestConfig config) {
    return HttpOptions.of(config.source("test"));
  }

  @ParameterizedTest
  @CsvSource({
    "https://handinger.com, https://handinger.com/",
    "https://host/api/v1, https://host/api/v1/",
    "https://host/api/v1/, https://host/api/v1/",
    "http://localhost:8080, http://localhost:8080/",
    "http://127.1.2.3, http://127.1.2.3/",
    "http://[::1]:80, http://[::1]/",
  })
  void takesABaseUrl(String text, String expected) {
    assertThat(options(TestConfig.at(text)).address().url()).hasToString(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://handinger.com",
        "http://127.0.0.1.evil.com",
        "http://localhost.evil.com",
        "ftp://x",
        "handinger.com",
        "https://user:pw@host",
        "https://host?a=b",
        "https://host#a",
        "",
      })
  void refusesAnUnsafeBaseUrl(String text) {
    assertThatThrownBy(() -> options(TestConfig.at(text)))
        .isInstanceOf(TurntableException.class)
        .hasMessageStartingWith("property test.baseUrl ")
        .hasMessageNotContaining("pw")
        .extracting(e -> ((TurntableException) e).kind())
        .isEqualTo(ErrorKind.BAD_VALUE);
  }

  @Test
  void plainHttpCanBeAllowed() {
    assertThat(options(TestConfig.at("http://intranet").with("allowHttp", "true")).address().url())
        .hasToString("http://intranet/");
  }

  @ParameterizedTest
  @CsvSource({"proxy:3128, HTTP", "http://proxy:3128, HTTP", "socks://proxy:1080, SOCKS"})
  void takesAProxy(String text, Proxy.Type type) {
    Proxy proxy = options(TestConfig.at("https://host").with("proxy", text)).proxy();
    assertThat(proxy).isNotNull();
    assertThat(proxy.type()).isEqualTo(type);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "proxy",
        "ftp://proxy:1",
        "http://user:pw@proxy:1",
        "://",
        "//http://proxy:1",
        "proxy:port",
        "proxy:65536"
      })
  void refusesABadProxy(String text) {
    assertThatThrownBy(() -> options(TestConfig.at("https://host").with("proxy", text)))
        .isInstanceOf(TurntableException.class)
        .hasMessageContaining("test.proxy");
  }

  @Test
  void aTrustStoreMustBeReadable() {
    HttpOptions options =
        options(TestConfig.at("https://host").with("trustStore", "/no/such/file.p12"));
    assertThatThrownBy(() -> Clients.open(options, 1, "test"))
        .isInstanceOf(TurntableException.class)
        .hasMessageContaining("test.trustStore");
  }
}
