package dev.turntable.sync;

import dev.turntable.config.ConfigRequest;
import dev.turntable.config.ConfigResolver;
import dev.turntable.config.Setting;
import dev.turntable.config.Sources;
import dev.turntable.engine.Engine;
import dev.turntable.plan.Engines;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Brings a store up to date in a process of its own: {@code SOURCE NAME=VALUE…}. */
final class SyncProcess {
  private SyncProcess() {}

  public static void main(String[] arguments) {
    List<Setting> settings = new ArrayList<>();
    Map<String, String> byHand = new HashMap<>();
    for (String argument : List.of(arguments).subList(1, arguments.length)) {
      String[] parts = argument.split("=", 2);
      if (parts[0].startsWith("store")) {
        byHand.put(parts[0], parts[1]);
      } else {
        settings.add(new Setting(parts[0], parts[1]));
      }
    }
    ConfigRequest request =
        new ConfigRequest(
            Sources.named(List.of(arguments[0])), settings, byHand, Map.of(), Map.of());
    try (Engine engine = Engines.open(ConfigResolver.resolve(request).config())) {
      new Sync(engine, SyncOptions.ALL, SyncProgress.NONE).run();
    }
  }
}
