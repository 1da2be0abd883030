package dev.turntable.config;

import dev.turntable.config.GivenValues.Given;
import dev.turntable.config.GivenValues.Origin;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.PropertyDef;
import dev.turntable.source.TaskSourceProvider;
import dev.turntable.source.TurntableException;
import java.net.URI;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The properties through which a URL from somewhere could carry a key elsewhere: where requests go,
 * through whom, and whom TLS trusts.
 */
final class CredentialRedirectCheck {
  private static final Set<CommonProperty> COMMON =
      EnumSet.of(CommonProperty.PROXY, CommonProperty.TRUST_STORE, CommonProperty.ALLOW_HTTP);

  private final Map<ConfiguredProperty, Given> values;

  CredentialRedirectCheck(Map<ConfiguredProperty, Given> values) {
    this.values = values;
  }

  static boolean isDoor(ConfiguredProperty slot) {
    return slot.source() == null
        ? COMMON.stream().anyMatch(property -> property.def().equals(slot.def()))
        : slot.def().type() == PropertyDef.Type.URL;
  }

  /**
   * Checks where the requests of a source go.
   *
   * @throws TurntableException if a key of the environment, or any key in the clear, would leave
   */
  void check(TaskSourceProvider source) {
    values.forEach(
        (slot, value) -> {
          if (slot.source() == source && slot.def().type() == PropertyDef.Type.URL) {
            checkScheme(slot, URI.create(value.text()));
          }
        });
    String opened =
        values.keySet().stream()
            .filter(slot -> slot.source() == null || slot.source() == source)
            .filter(slot -> isDoor(slot) && isOpened(slot))
            .map(slot -> slot.def().name())
            .collect(Collectors.joining(", "));
    if (opened.isEmpty()) {
      return;
    }
    String variables =
        values.keySet().stream()
            .filter(slot -> slot.source() == null || slot.source() == source)
            .filter(slot -> isDoor(slot) && isOpened(slot))
            .map(slot -> slot.def().environment())
            .filter(Objects::nonNull)
            .collect(Collectors.joining(", "));
    values.forEach(
        (slot, value) -> {
          if (slot.source() == source
              && slot.def().secret()
              && (value.origin() == Origin.ENVIRONMENT || value.origin() == Origin.PROFILE)) {
            boolean profile = value.origin() == Origin.PROFILE;
            throw new TurntableException(
                ErrorKind.AUTHENTICATION,
                (profile
                        ? "the key in the profile"
                        : "the key in the environment variable " + slot.def().environment())
                    + " is not used together with "
                    + opened
                    + " given in the URL or in properties; give "
                    + opened
                    + " by environment variable"
                    + (variables.isEmpty() ? "" : " (" + variables + ")")
                    + " or profile too, or the key as property "
                    + slot.def().name()
                    + " or password of the connection, never in the URL");
          }
        });
  }

  private void checkScheme(ConfiguredProperty slot, URI url) {
    Given allowed = values.get(ConfiguredProperty.of(CommonProperty.ALLOW_HTTP));
    if (HostRules.isPlainHttp(url)
        && !staysHere(url)
        && (allowed == null || !allowed.text().equals("true"))) {
      throw new TurntableException(
          ErrorKind.BAD_VALUE,
          "property "
              + slot.def().name()
              + ": http:// is for loopback addresses only, and not through a proxy elsewhere; use"
              + " https:// or set allowHttp=true");
    }
  }

  /**
   * Returns whether requests to a URL stay on this machine: it names a loopback address, and no
   * proxy elsewhere is asked for it.
   */
  boolean staysHere(URI url) {
    return HostRules.isLoopback(url) && !leadsThroughProxyElsewhere();
  }

  boolean leadsThroughProxyElsewhere() {
    Given proxy = values.get(ConfiguredProperty.of(CommonProperty.PROXY));
    return proxy != null && !HostRules.isLoopbackProxy(proxy.text());
  }

  private boolean isOpened(ConfiguredProperty slot) {
    Given value = values.get(slot);
    return value != null
        && (value.origin() == Origin.URL || value.origin() == Origin.PROPERTIES)
        && !value.text().equals(slot.def().defaultValue());
  }
}
