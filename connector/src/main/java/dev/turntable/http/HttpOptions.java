package dev.turntable.http;

import dev.turntable.source.ErrorKind;
import dev.turntable.source.SourceConfig;
import dev.turntable.source.TurntableException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * The common properties of a source that concern HTTP, checked.
 *
 * @param address where the service is
 * @param timeouts how long to wait
 * @param proxy the proxy, or null for the one of the JVM, if any
 * @param trustStore which certificates to trust
 * @param maxRetries attempts after the first
 * @param requestsPerSecond the pace; 0 means no limit
 */
record HttpOptions(
    Address address,
    Timeouts timeouts,
    @Nullable Proxy proxy,
    TrustStore trustStore,
    int maxRetries,
    double requestsPerSecond) {
  /**
   * Where a service is, and what messages call that.
   *
   * @param source the name of the source
   * @param property the property that says where the service is
   * @param url its path ends with a slash
   */
  record Address(String source, String property, HttpUrl url) {
    /** Returns the property with its value, as a user would write it. */
    String setting() {
      return source + "." + property + "=" + url;
    }
  }

  /**
   * How long to wait; zero means no limit.
   *
   * @param connect for one connection
   * @param request for one attempt of a read, from the first byte to the last
   * @param run for one attempt of a write
   */
  record Timeouts(Duration connect, Duration request, Duration run) {}

  /**
   * Certificates to trust.
   *
   * @param file holds them, or null for those of the JVM
   * @param password opens the file, or null
   */
  record TrustStore(@Nullable String file, @Nullable String password) {}

  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.\\d{1,3}){3}|::1|0:0:0:0:0:0:0:1");

  private static final int HIGHEST_PORT = 65_535;

  static HttpOptions of(SourceConfig config) {
    return of(config, "baseUrl");
  }

  /** The same for another place of the service, which a property of its own names. */
  static HttpOptions of(SourceConfig config, String urlProperty) {
    return new HttpOptions(
        new Address(config.source(), urlProperty, url(config, urlProperty)),
        new Timeouts(
            config.seconds("connectTimeout"),
            config.seconds("requestTimeout"),
            config.seconds("runTimeout")),
        proxy(config),
        new TrustStore(config.find("trustStore"), config.find("trustStorePassword")),
        Math.toIntExact(Math.min(config.number("maxRetries"), Integer.MAX_VALUE - 1L)),
        config.decimal("requestsPerSecond"));
  }

  private static HttpUrl url(SourceConfig config, String property) {
    HttpUrl url = HttpUrl.parse(config.string(property));
    if (url == null || url.query() != null || url.fragment() != null) {
      throw bad(config, property, "must be an http or https URL without query and fragment");
    }
    if (!url.username().isEmpty() || !url.password().isEmpty()) {
      throw bad(config, property, "must not hold a user or password; use the key's property");
    }
    if (!url.isHttps() && !LOOPBACK.matcher(url.host()).matches() && !config.flag("allowHttp")) {
      throw bad(
          config,
          property,
          "is http, which would send the key unencrypted; use https, or allow it by"
              + " allowHttp=true");
    }
    String path = url.encodedPath();
    return path.endsWith("/") ? url : url.newBuilder().encodedPath(path + "/").build();
  }

  private static @Nullable Proxy proxy(SourceConfig config) {
    String text = config.find("proxy");
    if (text == null) {
      return null;
    }
    URI uri;
    try {
      uri = URI.create(text.contains("://") ? text : "http://" + text);
    } catch (IllegalArgumentException e) {
      throw badProxy(config);
    }
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    boolean known = scheme.equals("http") || scheme.equals("socks");
    boolean hasPort = uri.getPort() > 0 && uri.getPort() <= HIGHEST_PORT;
    if (!known || uri.getHost() == null || !hasPort || uri.getUserInfo() != null) {
      throw badProxy(config);
    }
    return new Proxy(
        scheme.equals("http") ? Proxy.Type.HTTP : Proxy.Type.SOCKS,
        // Unresolved: the name is looked up when it is needed, not when the connection is opened.
        InetSocketAddress.createUnresolved(uri.getHost(), uri.getPort()));
  }

  private static TurntableException badProxy(SourceConfig config) {
    return bad(config, "proxy", "must be host:port, http://host:port or socks://host:port");
  }

  private static TurntableException bad(SourceConfig config, String property, String reason) {
    return new TurntableException(
        ErrorKind.BAD_VALUE, "property " + config.source() + "." + property + " " + reason);
  }
}
