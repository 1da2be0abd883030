package dev.turntable.jdbc;

import dev.turntable.config.ConfigRequest;
import dev.turntable.config.ConfigResolver;
import dev.turntable.config.Profile;
import dev.turntable.config.Resolution;
import dev.turntable.config.Sources;
import dev.turntable.engine.Engine;
import dev.turntable.plan.Engines;
import dev.turntable.plan.start.StartUp;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/** Opens connections: the URL is split, the properties are resolved, the engine is started. */
final class ConnectionOpener {
  private final TurntableUrl url;
  private final Map<String, String> properties;

  private final Profile profile;

  private ConnectionOpener(TurntableUrl url, Map<String, String> properties, Profile profile) {
    this.url = url;
    this.properties = properties;
    this.profile = profile;
  }

  static TurntableConnection open(String url, Properties properties) {
    return open(url, properties, Profile.NONE);
  }

  static TurntableConnection open(String url, Properties properties, Profile profile) {
    StartUp.begin();
    return new ConnectionOpener(TurntableUrl.parse(url), texts(properties), profile).open();
  }

  private TurntableConnection open() {
    if (!url.isDemo()) {
      return connection(
          new ConfigRequest(
              Sources.named(url.sources()),
              url.settings(),
              properties,
              System.getenv(),
              Map.of(),
              profile),
          () -> {});
    }
    Demo demo = Demo.start();
    try {
      return connection(
          new ConfigRequest(
              Demo.sources(), url.settings(), properties, Map.of(), demo.presets(), profile),
          demo::close);
    } catch (RuntimeException e) {
      demo.close();
      throw e;
    }
  }

  private TurntableConnection connection(ConfigRequest request, Runnable onClose) {
    Resolution resolution = ConfigResolver.resolve(request);
    Engine engine = Engines.open(resolution.config());
    return new TurntableConnection(
        engine,
        new ConnectionInfo(
            () -> engine.connection().secrets().mask(url.redacted()),
            resolution.config().limits().readOnly(),
            resolution.warnings(),
            onClose));
  }

  /** Entries that are no text, as some tools put in, are dropped: no property is one. */
  private static Map<String, String> texts(Properties properties) {
    Map<String, String> texts = new HashMap<>();
    properties.stringPropertyNames().forEach(name -> texts.put(name, properties.getProperty(name)));
    return texts;
  }
}
