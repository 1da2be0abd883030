package dev.turntable.jdbc;

import dev.turntable.config.CommonProperty;
import dev.turntable.config.Setting;
import dev.turntable.config.Sources;
import dev.turntable.source.PropertyDef;
import dev.turntable.source.TaskSourceProvider;
import dev.turntable.source.TurntableException;
import java.sql.DriverPropertyInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The properties that a tool may offer for a URL. Secrets are never filled in. */
final class DriverProperties {
  private static final Pattern CREDENTIALS = Pattern.compile("(?<=^|//)[^/]*@");

  private final Map<String, String> given = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final List<DriverPropertyInfo> infos = new ArrayList<>();

  private DriverProperties() {}

  static DriverPropertyInfo[] of(String url, Properties properties) {
    DriverProperties all = new DriverProperties();
    for (String name : properties.stringPropertyNames()) {
      all.given.put(name, properties.getProperty(name));
    }
    List<TaskSourceProvider> sources = all.read(url);
    for (TaskSourceProvider source : sources) {
      String prefix = sources.size() == 1 ? "" : source.name() + ".";
      source.properties().forEach(def -> all.add(prefix, def));
    }
    CommonProperty.defs().forEach(def -> all.add("", def));
    return all.infos.toArray(DriverPropertyInfo[]::new);
  }

  /** Returns the sources of the URL, or all that are known while it is not yet complete. */
  private List<TaskSourceProvider> read(String text) {
    try {
      TurntableUrl url = TurntableUrl.parse(text);
      for (Setting setting : url.settings()) {
        given.put(setting.name(), setting.value());
      }
      return url.isDemo() ? List.of() : Sources.named(url.sources());
    } catch (TurntableException e) {
      return List.copyOf(Sources.known().values());
    }
  }

  /**
   * A user and password within an address are refused on connecting, but may be there until then.
   */
  private static @Nullable String shown(PropertyDef def, @Nullable String value) {
    boolean address = def.type() == PropertyDef.Type.URL || def.equals(CommonProperty.PROXY.def());
    return value == null || !address ? value : CREDENTIALS.matcher(value).replaceFirst("****@");
  }

  private void add(String prefix, PropertyDef def) {
    String name = prefix + def.name();
    DriverPropertyInfo info =
        new DriverPropertyInfo(
            name, def.secret() ? null : shown(def, given.getOrDefault(name, def.defaultValue())));
    info.description =
        def.environment() == null
            ? def.description()
            : def.description() + " Environment variable: " + def.environment() + ".";
    info.required = false;
    if (def.type() == PropertyDef.Type.BOOLEAN) {
      info.choices = new String[] {"false", "true"};
    } else if (!def.choices().isEmpty()) {
      info.choices = def.choices().toArray(String[]::new);
    }
    infos.add(info);
  }
}
