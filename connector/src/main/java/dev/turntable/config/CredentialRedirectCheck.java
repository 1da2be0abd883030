package dev.turntable.config;

import dev.turntable.config.GivenValues.Given;
import dev.turntable.config.GivenValues.Origin;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.PropertyDef;
import dev.turntable.source.TaskSourceProvider;
import dev.turntable.source.TurntableException;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
    if (slot.source() != null) {
      return slot.def().type() == PropertyDef.Type.URL;
    }
    for (CommonProperty property : COMMON) {
      if (property.def().equals(slot.def())) {
        return true;
      }
    }
    return false;
  }

  /**
   * Checks where the requests of a source go.
   *
   * @throws TurntableException if a key of the environment, or any key in the clear, would leave
   */
  void check(TaskSourceProvider source) {
    List<String> opened = new ArrayList<>();
    List<String> variables = new ArrayList<>();
    for (Map.Entry<ConfiguredProperty, Given> entry : values.entrySet()) {
      ConfiguredProperty slot = entry.getKey();
      if (slot.source() == source && slot.def().type() == PropertyDef.Type.URL) {
        checkScheme(slot, URI.create(entry.getValue().text()));
      }
      if ((slot.source() == null || slot.source() == source) && isDoor(slot) && isOpened(slot)) {
        opened.add(slot.def().name());
        if (slot.def().environment() != null) {
          variables.add(slot.def().environment());
        }
      }
    }
    if (opened.isEmpty()) {
      return;
    }
    for (Map.Entry<ConfiguredProperty, Given> entry : values.entrySet()) {
      ConfiguredProperty slot = entry.getKey();
      Origin origin = entry.getValue().origin();
      if (slot.source() == source
          && slot.def().secret()
          && (origin == Origin.ENVIRONMENT || origin == Origin.PROFILE)) {
        String doors = String.join(", ", opened);
        throw new TurntableException(
            ErrorKind.AUTHENTICATION,
            (origin == Origin.PROFILE
                    ? "the key in the profile"
                    : "the key in the environment variable " + slot.def().environment())
                + " is not used together with "
                + doors
                + " given in the URL or in properties; give "
                + doors
                + " by environment variable"
                + (variables.isEmpty() ? "" : " (" + String.join(", ", variables) + ")")
                + " or profile too, or the key as property "
                + slot.def().name()
                + " or password of the connection, never in the URL");
      }
    }
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
