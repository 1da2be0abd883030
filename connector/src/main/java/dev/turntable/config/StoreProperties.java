package dev.turntable.config;

import dev.turntable.config.GivenValues.Given;
import dev.turntable.config.GivenValues.Origin;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.PropertyDef;
import dev.turntable.source.SourceConfig;
import dev.turntable.source.TurntableException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the properties of the store. A URL may come from a stranger, so it names no path of this
 * machine, nor whose rows are read.
 */
final class StoreProperties {
  private static final Pattern MEMORY = Pattern.compile("([1-9][0-9]{0,6}) ?(MB|GB|MiB|GiB)");
  private static final Pattern AGE = Pattern.compile("([1-9][0-9]{0,6}) ?([smhd])");
  private static final Pattern COLUMN = Pattern.compile("-[a-z_0-9]{1,64}\\.[a-z_0-9]{1,64}");
  private static final Pattern ACCOUNT = Pattern.compile("[A-Za-z0-9_.@-]{1,128}");
  private static final Map<String, Duration> UNITS =
      Map.of(
          "s",
          Duration.ofSeconds(1),
          "m",
          Duration.ofMinutes(1),
          "h",
          Duration.ofHours(1),
          "d",
          Duration.ofDays(1));

  private final Map<String, Given> values = new HashMap<>();
  private final SourceConfig config;
  private final boolean demo;

  StoreProperties(Map<ConfiguredProperty, Given> all, boolean demo) {
    Map<String, String> texts = new HashMap<>();
    all.forEach(
        (slot, value) -> {
          if (slot.source() == null) {
            values.put(slot.def().name(), value);
            texts.put(slot.def().name(), value.text());
          }
        });
    this.config = new SourceConfig("connection", texts);
    this.demo = demo;
  }

  /**
   * Returns the settings, or null if nothing is to be kept.
   *
   * @throws TurntableException if a property cannot be used
   */
  @Nullable StoreSettings settings() {
    refuseInUrl(CommonProperty.STORE_LIBRARY);
    refuseInUrl(CommonProperty.STORE_ACCOUNT);
    Given store = value(CommonProperty.STORE);
    if (store == null) {
      return null;
    }
    Path directory =
        store.origin() == Origin.URL ? StoreNames.directory(store.text()) : path("store", store);
    Duration maxAge = config.seconds(name(CommonProperty.MAX_AGE));
    Given library = value(CommonProperty.STORE_LIBRARY);
    return new StoreSettings(
        directory,
        library == null ? null : path("storeLibrary", library),
        maxAge,
        finalMaxAge(maxAge),
        config.flag(name(CommonProperty.STALE_IF_ERROR)),
        config.seconds(name(CommonProperty.STORE_WAIT)),
        memory(),
        account(),
        leftOut(),
        keep(),
        demo);
  }

  private void refuseInUrl(CommonProperty property) {
    Given given = value(property);
    if (given != null && given.origin() == Origin.URL) {
      throw bad(name(property) + " must not be in a URL: give it as a property");
    }
  }

  private static Path path(String property, Given given) {
    try {
      return Path.of(given.text()).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      throw bad(property + " is not the name of a file");
    }
  }

  private Duration finalMaxAge(Duration maxAge) {
    Given given = value(CommonProperty.FINAL_MAX_AGE);
    if (given == null) {
      return maxAge;
    }
    if (given.text().toLowerCase(Locale.ROOT).equals("unlimited")) {
      return StoreSettings.UNLIMITED;
    }
    String checked =
        PropertyText.check(
            name(CommonProperty.FINAL_MAX_AGE),
            PropertyDef.of(name(CommonProperty.FINAL_MAX_AGE), PropertyDef.Type.SECONDS, ""),
            given.text());
    return new SourceConfig("connection", Map.of("seconds", checked)).seconds("seconds");
  }

  private String memory() {
    Matcher memory = MEMORY.matcher(config.string(name(CommonProperty.STORE_MEMORY)));
    if (!memory.matches()) {
      throw bad("storeMemory has to be a size such as 512 MB");
    }
    return memory.group(1) + memory.group(2);
  }

  private @Nullable String account() {
    Given given = value(CommonProperty.STORE_ACCOUNT);
    if (given != null && !ACCOUNT.matcher(given.text()).matches()) {
      throw bad("storeAccount has to be a name of letters, digits and _.@-, not a key");
    }
    return given == null ? null : given.text();
  }

  private Set<String> leftOut() {
    Set<String> columns = new LinkedHashSet<>();
    for (String entry : config.list(name(CommonProperty.STORE_COLUMNS))) {
      String column = entry.toLowerCase(Locale.ROOT);
      if (!COLUMN.matcher(column).matches()) {
        throw bad("storeColumns has to be a list such as -turns.input,-turns.output_text");
      }
      columns.add(column.substring(1));
    }
    return columns;
  }

  private @Nullable Duration keep() {
    Given given = value(CommonProperty.KEEP);
    if (given == null) {
      return null;
    }
    Matcher age = AGE.matcher(given.text());
    if (!age.matches()) {
      throw bad("keep has to be an age such as 90d or 12h");
    }
    return java.util.Objects.requireNonNull(UNITS.get(age.group(2)))
        .multipliedBy(Long.parseLong(age.group(1)));
  }

  private @Nullable Given value(CommonProperty property) {
    return values.get(name(property));
  }

  private static String name(CommonProperty property) {
    return property.def().name();
  }

  private static TurntableException bad(String what) {
    return new TurntableException(ErrorKind.BAD_VALUE, "property " + what);
  }
}
