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
 * @param source the name of the source, for messages
 * @param urlProperty the property that says where the service is, for messages
 * @param baseUrl where the service is; its path ends with a slash
 * @param connectTimeout for one connection; zero means no limit
 * @param requestTimeout for one attempt of a read, from the first byte to the last
 * @param runTimeout for one attempt of a write
 * @param proxy the proxy, or null for the one of the JVM, if any
 * @param trustStore a file of certificates to trust instead of the JVM's, or null
 * @param trustStorePassword its password, or null
 * @param maxRetries attempts after the first
 * @param requestsPerSecond the pace; 0 means no limit
 */
record HttpOptions(
    String source,
    String urlProperty,
    HttpUrl baseUrl,
    Duration connectTimeout,
    Duration requestTimeout,
    Duration runTimeout,
    @Nullable Proxy proxy,
    @Nullable String trustStore,
    @Nullable String trustStorePassword,
    int maxRetries,
    double requestsPerSecond) {

  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.\\d{1,3}){3}|::1|0:0:0:0:0:0:0:1");

  private static final int HIGHEST_PORT = 65_535;

  static HttpOptions of(SourceConfig config) {
    return of(config, "baseUrl");
  }

  /** The same for another place of the service, which a property of its own names. */
  static HttpOptions of(SourceConfig config, String urlProperty) {
    return new HttpOptions(
        config.source(),
        urlProperty,
        url(config, urlProperty),
        config.seconds("connectTimeout"),
        config.seconds("requestTimeout"),
        config.seconds("runTimeout"),
        proxy(config),
        config.find("trustStore"),
        config.find("trustStorePassword"),
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
