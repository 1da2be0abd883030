package dev.turntable.jdbc;

import dev.turntable.config.ConfigRequest;
import dev.turntable.config.ConfigResolver;
import dev.turntable.config.ConnectionConfig;
import dev.turntable.config.Resolution;
import dev.turntable.config.Sources;
import dev.turntable.engine.Engine;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.TurntableException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/** Opens connections: the URL is split, the properties are resolved, the engine is started. */
final class ConnectionOpener {
  private ConnectionOpener() {}

  static TurntableConnection open(String text, Properties properties) {
    TurntableUrl url = TurntableUrl.parse(text);
    ConfigRequest request =
        new ConfigRequest(
            Sources.named(url.sources()),
            url.settings(),
            texts(properties),
            System.getenv(),
            Map.of());
    return connection(url, ConfigResolver.resolve(request), () -> {});
  }

  private static TurntableConnection connection(
      TurntableUrl url, Resolution resolution, Runnable onClose) {
    ConnectionConfig config = resolution.config();
    return new TurntableConnection(
        engine(config),
        new ConnectionInfo(
            url.redacted(), config.limits().readOnly(), resolution.warnings(), onClose));
  }

  private static Engine engine(ConnectionConfig config) {
    throw new TurntableException(
        ErrorKind.UNSUPPORTED, "there is no engine yet for " + config.sources());
  }

  /** Entries that are no text, as some tools put in, are dropped: no property is one. */
  private static Map<String, String> texts(Properties properties) {
    Map<String, String> texts = new HashMap<>();
    properties.stringPropertyNames().forEach(name -> texts.put(name, properties.getProperty(name)));
    return texts;
  }
}
