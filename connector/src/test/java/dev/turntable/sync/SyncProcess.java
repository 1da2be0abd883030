package dev.turntable.sync;

import dev.turntable.config.ConfigRequest;
import dev.turntable.config.ConfigResolver;
import dev.turntable.config.Setting;
import dev.turntable.config.Sources;
import dev.turntable.engine.Engine;
import dev.turntable.plan.Engines;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Brings a store up to date in a process of its own, and writes it as Parquet: {@code SOURCE
 * NAME=VALUE… [parquet=DIR]}; or only makes its file smaller: {@code … compact=true}.
 */
final class SyncProcess {
  private SyncProcess() {}

  public static void main(String[] arguments) {
    List<Setting> settings = new ArrayList<>();
    Map<String, String> byHand = new HashMap<>();
    Path parquet = null;
    boolean compact = false;
    for (String argument : List.of(arguments).subList(1, arguments.length)) {
      String[] parts = argument.split("=", 2);
      if (parts[0].equals("compact")) {
        compact = true;
      } else if (parts[0].equals("parquet")) {
        parquet = Path.of(parts[1]);
      } else if (parts[0].startsWith("store")) {
        byHand.put(parts[0], parts[1]);
      } else {
        settings.add(new Setting(parts[0], parts[1]));
      }
    }
    ConfigRequest request =
        new ConfigRequest(
            Sources.named(List.of(arguments[0])), settings, byHand, Map.of(), Map.of());
    try (Engine engine = Engines.open(ConfigResolver.resolve(request).config())) {
      Sync sync = new Sync(engine, SyncOptions.ALL, SyncProgress.NONE);
      if (compact) {
        sync.compact();
        return;
      }
      sync.run();
      if (parquet != null) {
        sync.writeParquet(parquet);
      }
    }
  }
}
