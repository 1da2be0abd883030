package dev.turntable.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which hosts are this machine, and which are the service's own. Asks no name server. */
final class HostRules {
  private static final Pattern LOOPBACK_V4 = Pattern.compile("127(\\.\\d{1,3}){3}");

  private HostRules() {}

  static boolean isLoopback(URI url) {
    String host = String.valueOf(url.getHost()).toLowerCase(Locale.ROOT);
    return host.equals("localhost")
        || host.equals("[::1]")
        || host.equals("[0:0:0:0:0:0:0:1]")
        || LOOPBACK_V4.matcher(host).matches();
  }

  /**
   * Returns whether requests through a proxy, given as host:port or as a URL, stay on this machine.
   */
  static boolean isLoopbackProxy(String proxy) {
    try {
      return isLoopback(new URI(proxy.contains("://") ? proxy : "http://" + proxy));
    } catch (URISyntaxException e) {
      return false; // Refused later, with a message of its own.
    }
  }

  static boolean isPlainHttp(URI url) {
    return "http".equalsIgnoreCase(url.getScheme());
  }

  static boolean isSameHost(URI url, @Nullable String other) {
    return other != null
        && String.valueOf(url.getHost()).equalsIgnoreCase(URI.create(other).getHost());
  }
}
