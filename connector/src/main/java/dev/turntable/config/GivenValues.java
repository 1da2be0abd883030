package dev.turntable.config;

import dev.turntable.source.ErrorKind;
import dev.turntable.source.PropertyDef;
import dev.turntable.source.TaskSourceProvider;
import dev.turntable.source.TurntableException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the user gave by hand: the URL first, then the properties. */
final class GivenValues {
  /** Where a value comes from, as {@code turntable.properties} names it. */
  enum Origin {
    URL,
    PROPERTIES,
    PROFILE,
    ENVIRONMENT,
    DEFAULT
  }

  /** A text and where it comes from. */
  record Given(String text, Origin origin) {}

  private static final String PASSWORD = "password";
  private static final String USER = "user";

  private final ConfiguredProperties slots;
  private final ConfigRequest request;
  private final Map<ConfiguredProperty, Given> values = new LinkedHashMap<>();
  private final List<String> warnings = new ArrayList<>();

  GivenValues(ConfiguredProperties slots, ConfigRequest request) {
    this.slots = slots;
    this.request = request;
    String urlPassword = readUrl();
    String propertiesPassword = readProperties();
    if (urlPassword != null) {
      password(urlPassword, Origin.URL);
    } else if (propertiesPassword != null) {
      password(propertiesPassword, Origin.PROPERTIES);
    }
  }

  /** Returns what the profile says. Names that only other sources know are theirs. */
  Map<ConfiguredProperty, Given> profile() {
    Profile profile = request.profile();
    Origin origin = profile.trusted() ? Origin.PROFILE : Origin.PROPERTIES;
    Map<ConfiguredProperty, Given> found = new LinkedHashMap<>();
    for (Map.Entry<String, String> entry : new TreeMap<>(profile.values()).entrySet()) {
      String name = entry.getKey();
      Optional<ConfiguredProperty> slot = slots.find(name);
      if (slot.isPresent()) {
        if (found.put(slot.get(), new Given(entry.getValue(), origin)) != null) {
          throw twice(slot.get().def().name());
        }
      } else if (!isOfAnotherSource(name)) {
        throw new TurntableException(
            ErrorKind.BAD_VALUE,
            "profile "
                + profile.name()
                + ": unknown property "
                + SafeName.nameOfTool(name)
                + "; known are "
                + slots.names());
      }
    }
    return found;
  }

  private static boolean isOfAnotherSource(String name) {
    int dot = name.indexOf('.');
    return Sources.known().values().stream()
        .filter(source -> dot < 0 || source.name().equalsIgnoreCase(name.substring(0, dot)))
        .flatMap(source -> source.properties().stream())
        .anyMatch(def -> def.name().equalsIgnoreCase(name.substring(dot + 1)));
  }

  Map<ConfiguredProperty, Given> values() {
    return values;
  }

  List<String> warnings() {
    return warnings;
  }

  private @Nullable String readUrl() {
    String password = null;
    for (Setting setting : request.url()) {
      if (!isAscii(setting.name())) {
        throw unknown(SafeName.name(setting.name(), slots.allNames()));
      }
      if (setting.name().equalsIgnoreCase(USER)) {
        continue;
      }
      if (setting.name().equalsIgnoreCase(PASSWORD)) {
        if (password != null) {
          throw twice(PASSWORD);
        }
        password = setting.value();
        continue;
      }
      Optional<ConfiguredProperty> slot = slots.find(setting.name());
      if (slot.isEmpty()) {
        throw unknown(SafeName.name(setting.name(), slots.allNames()));
      }
      if (values.put(slot.get(), new Given(setting.value(), Origin.URL)) != null) {
        throw twice(slot.get().def().name());
      }
    }
    values.entrySet().removeIf(e -> e.getValue().text().isBlank() && mayBeEmpty(e.getKey().def()));
    return password == null || password.isEmpty() ? null : password;
  }

  /** Some letters that are not differ from one that is by case alone, and are read as another. */
  private static boolean isAscii(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  private static boolean mayBeEmpty(PropertyDef def) {
    return switch (def.type()) {
      case STRING, LIST, LIST_OR_FILE -> true;
      case BOOLEAN, INTEGER, NUMBER, SECONDS, URL -> false;
    };
  }

  private @Nullable String readProperties() {
    String password = null;
    Map<ConfiguredProperty, String> seen = new LinkedHashMap<>();
    for (Map.Entry<String, String> entry : new TreeMap<>(request.properties()).entrySet()) {
      String name = entry.getKey();
      if (!isAscii(name) && (slots.resembles(name) || name.equalsIgnoreCase(PASSWORD))) {
        throw unknown(SafeName.nameOfTool(name));
      }
      if (entry.getValue().isBlank() || name.equalsIgnoreCase(USER)) {
        continue;
      }
      if (name.equalsIgnoreCase(PASSWORD)) {
        password = entry.getValue();
        continue;
      }
      Optional<ConfiguredProperty> slot = slots.find(name);
      if (slot.isEmpty()) {
        if (slots.prefix(name).isPresent() || isMistypedOfAnotherSource(name)) {
          throw unknown(SafeName.nameOfTool(name));
        }
        warnings.add("property " + SafeName.nameOfTool(name) + " is not known and was ignored");
        continue;
      }
      String other = seen.put(slot.get(), entry.getValue());
      if (other != null && !other.equals(entry.getValue())) {
        throw twice(slot.get().def().name());
      }
      values.putIfAbsent(slot.get(), new Given(entry.getValue(), Origin.PROPERTIES));
    }
    return password;
  }

  /**
   * Properties may be kept for connections to several sources, so one that another source knows is
   * fine; one that carries its prefix and is unknown to it, too, is not a tool's.
   */
  private static boolean isMistypedOfAnotherSource(String name) {
    int dot = name.indexOf('.');
    TaskSourceProvider other =
        dot < 0 ? null : Sources.known().get(name.substring(0, dot).toLowerCase(Locale.ROOT));
    return other != null
        && other.properties().stream()
            .noneMatch(def -> def.name().equalsIgnoreCase(name.substring(dot + 1)));
  }

  /** JDBC's password is the key of the only source. */
  private void password(String text, Origin origin) {
    if (!request.presets().isEmpty()) {
      warnings.add("the demo has its own keys; the password was ignored");
      return;
    }
    if (request.sources().size() > 1) {
      throw new TurntableException(
          ErrorKind.AUTHENTICATION,
          "with several sources a password belongs to none of them; give each source its own key,"
              + " for example "
              + request.sources().get(0).name()
              + ".apiKey");
    }
    TaskSourceProvider source = request.sources().get(0);
    Optional<ConfiguredProperty> target = passwordSlot(source);
    if (target.isEmpty()) {
      warnings.add("source " + source.name() + " has no key; the password was ignored");
      return;
    }
    Given old = values.get(target.get());
    if (old == null) {
      values.put(target.get(), new Given(text, origin));
    } else if (old.origin() == Origin.URL && origin == Origin.URL) {
      throw new TurntableException(
          ErrorKind.BAD_VALUE,
          "the URL gives both password and "
              + target.get().def().name()
              + ", which mean the same property");
    }
  }

  private Optional<ConfiguredProperty> passwordSlot(TaskSourceProvider source) {
    Optional<ConfiguredProperty> id = slots.of(source, "clientId");
    Optional<ConfiguredProperty> secret = slots.of(source, "clientSecret");
    if (id.isPresent() && secret.isPresent()) {
      boolean idAlone = inEnvironment(id.get()) && !inEnvironment(secret.get());
      if (values.containsKey(id.get()) || idAlone) {
        return secret;
      }
    }
    return slots
        .of(source, "apiKey")
        .or(
            () ->
                slots.all().stream()
                    .filter(slot -> slot.source() == source && slot.def().secret())
                    .findFirst());
  }

  private boolean inEnvironment(ConfiguredProperty slot) {
    String variable = slot.def().environment();
    return variable != null && !request.environment().getOrDefault(variable, "").isBlank();
  }

  private TurntableException unknown(String shown) {
    return new TurntableException(
        ErrorKind.BAD_VALUE, "unknown property " + shown + "; known are " + slots.names());
  }

  private static TurntableException twice(String name) {
    return new TurntableException(ErrorKind.BAD_VALUE, "property " + name + " is given twice");
  }
}
