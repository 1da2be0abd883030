package dev.turntable.config;

import dev.turntable.config.ConnectionConfig.ConfiguredSource;
import dev.turntable.config.ConnectionConfig.EffectiveProperty;
import dev.turntable.config.GivenValues.Given;
import dev.turntable.config.GivenValues.Origin;
import dev.turntable.source.ConnectionLimits;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.PropertyDef;
import dev.turntable.source.SourceConfig;
import dev.turntable.source.TaskSourceProvider;
import dev.turntable.source.TurntableException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the value of every property, checks it, and refuses what would give a key away. */
public final class ConfigResolver {
  private static final String CLIENT_ID = "clientId";
  private static final String CLIENT_SECRET = "clientSecret";

  private final ConfigRequest request;
  private final ConfiguredProperties slots;
  private final GivenValues given;
  private final Map<ConfiguredProperty, Given> profile;
  private final Map<ConfiguredProperty, Given> values = new LinkedHashMap<>();

  private ConfigResolver(ConfigRequest request) {
    this.request = request;
    this.slots = new ConfiguredProperties(request.sources());
    this.given = new GivenValues(slots, request);
    this.profile = given.profile();
  }

  /**
   * Resolves the properties of a connection. Reads the files that they name, sends nothing.
   *
   * @throws TurntableException if a property is unknown, given twice, or cannot be used; no message
   *     holds a value
   */
  public static Resolution resolve(ConfigRequest request) {
    return new ConfigResolver(request).resolve();
  }

  private Resolution resolve() {
    for (ConfiguredProperty slot : slots.all()) {
      Given value = value(slot);
      if (value != null) {
        String checked = PropertyText.check(shown(slot, value), slot.def(), value.text());
        values.put(slot, new Given(checked, value.origin()));
      }
    }
    CredentialRedirectCheck doors = new CredentialRedirectCheck(values);
    List<ConfiguredSource> sources = new ArrayList<>();
    for (TaskSourceProvider source : request.sources()) {
      doors.check(source);
    }
    List<EffectiveProperty> effective = new ArrayList<>();
    for (ConfiguredProperty slot : slots.all()) {
      effective.add(effective(slot));
    }
    for (TaskSourceProvider source : request.sources()) {
      sources.add(new ConfiguredSource(source, config(source)));
    }
    return new Resolution(
        new ConnectionConfig(sources, limits(), store(), effective), List.copyOf(given.warnings()));
  }

  private @Nullable Given value(ConfiguredProperty slot) {
    Given byHand = given.values().get(slot);
    String preset = request.presets().get(slot.fullName());
    if (byHand != null) {
      if (!request.presets().isEmpty()
          && (slot.def().secret() || CredentialRedirectCheck.isDoor(slot))) {
        throw new TurntableException(
            ErrorKind.BAD_VALUE, "the demo has its own " + slot.def().name() + "; leave it out");
      }
      return byHand;
    }
    if (preset != null) {
      return new Given(preset, Origin.DEFAULT);
    }
    Given byProfile = profile.get(slot);
    boolean ofDemo =
        !request.presets().isEmpty()
            && (slot.def().secret() || CredentialRedirectCheck.isDoor(slot));
    if (byProfile != null && !ofDemo && !isOutdoneByHand(slot)) {
      return byProfile;
    }
    String variable = slot.def().environment();
    String text = variable == null ? "" : request.environment().getOrDefault(variable, "");
    if (!text.isBlank() && !isOutdoneByHand(slot)) {
      return new Given(text, Origin.ENVIRONMENT);
    }
    String otherwise = slot.def().defaultValue();
    return otherwise == null ? null : new Given(otherwise, Origin.DEFAULT);
  }

  /**
   * A secret given by hand means that the source's secrets in the environment are not asked, nor is
   * a client whose secret it is not.
   */
  private boolean isOutdoneByHand(ConfiguredProperty slot) {
    List<String> byHand =
        given.values().keySet().stream()
            .filter(other -> other.source() == slot.source() && other.def().secret())
            .map(other -> other.def().name())
            .toList();
    return slot.def().secret()
        ? !byHand.isEmpty()
        : slot.def().name().equals(CLIENT_ID)
            && !byHand.isEmpty()
            && !byHand.contains(CLIENT_SECRET);
  }

  private static String shown(ConfiguredProperty slot, Given value) {
    return value.origin() == Origin.ENVIRONMENT
        ? slot.def().name() + " (environment variable " + slot.def().environment() + ")"
        : slot.def().name();
  }

  private EffectiveProperty effective(ConfiguredProperty slot) {
    Given value = values.get(slot);
    String text = value == null ? "" : slot.def().secret() ? "****" : value.text();
    Origin origin = value == null ? Origin.DEFAULT : value.origin();
    return new EffectiveProperty(
        slot.fullName(), text, origin.name().toLowerCase(Locale.ROOT), slot.def().description());
  }

  private SourceConfig config(TaskSourceProvider source) {
    Map<String, String> texts = new HashMap<>();
    for (Map.Entry<ConfiguredProperty, Given> entry : values.entrySet()) {
      ConfiguredProperty slot = entry.getKey();
      String text = entry.getValue().text();
      if (slot.source() == source) {
        texts.put(slot.def().name(), resolved(slot, text)); // before a common one of its name
      } else if (slot.source() == null) {
        texts.putIfAbsent(slot.def().name(), text);
      }
    }
    return new SourceConfig(source.name(), texts);
  }

  private String resolved(ConfiguredProperty slot, String text) {
    if (slot.def().type() != PropertyDef.Type.LIST_OR_FILE || !text.startsWith("@")) {
      return text;
    }
    refuseStrangeHost(slot);
    return String.join(
        ",", ListFile.read(slot.def().name(), slot.def(), text.substring(1).strip()));
  }

  /** A file's lines become parts of requests, so they go to the service or to this machine only. */
  private void refuseStrangeHost(ConfiguredProperty slot) {
    for (Map.Entry<ConfiguredProperty, Given> entry : values.entrySet()) {
      ConfiguredProperty other = entry.getKey();
      if (other.source() == slot.source() && other.def().name().equals("baseUrl")) {
        URI url = URI.create(entry.getValue().text());
        CredentialRedirectCheck doors = new CredentialRedirectCheck(values);
        boolean own =
            HostRules.isSameHost(url, other.def().defaultValue()) && !HostRules.isPlainHttp(url);
        if (!own && !doors.staysHere(url)) {
          throw new TurntableException(
              ErrorKind.BAD_VALUE,
              "property "
                  + slot.def().name()
                  + " may name a file only if baseUrl is the service's own host by https://,"
                  + " or loopback and no proxy elsewhere, so that nobody else reads the ids");
        }
      }
    }
  }

  private @Nullable StoreSettings store() {
    return new StoreProperties(values, !request.presets().isEmpty()).settings();
  }

  private ConnectionLimits limits() {
    Map<String, String> texts = new HashMap<>();
    values.forEach((slot, value) -> texts.put(slot.fullName(), value.text()));
    SourceConfig common = new SourceConfig("connection", texts);
    return new ConnectionLimits(
        common.number(CommonProperty.MAX_REQUESTS.def().name()),
        Math.toIntExact(common.number(CommonProperty.MAX_CONCURRENT_REQUESTS.def().name())),
        Math.toIntExact(common.number(CommonProperty.MAX_CONCURRENT_WRITES.def().name())),
        common.seconds(CommonProperty.MAX_AGE.def().name()),
        common.flag(CommonProperty.READ_ONLY.def().name()));
  }
}
