package dev.turntable.sync;

import dev.turntable.config.ConfigRequest;
import dev.turntable.config.ConfigResolver;
import dev.turntable.config.Setting;
import dev.turntable.config.Sources;
import dev.turntable.engine.Engine;
import dev.turntable.plan.Engines;
import dev.turntable.simulator.Simulator;
import dev.turntable.simulator.rightbrain.RightbrainOptions;
import dev.turntable.store.file.Stores;
import java.io.IOException;
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

  /**
   * Starts it.
   *
   * @param said where it writes what goes wrong
   * @param more further arguments
   */
  static Process start(Simulator simulator, Path store, Path said, String... more)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(SyncProcess.class.getName());
    command.add("rightbrain");
    command.add("baseUrl=" + simulator.rightbrainUrl());
    command.add("apiKey=" + RightbrainOptions.KEY);
    command.add("orgId=" + simulator.rightbrain().orgId());
    command.add("projectId=" + simulator.rightbrain().projectId());
    command.add("store=" + store);
    command.add("storeLibrary=" + Stores.LIBRARY.toAbsolutePath());
    command.addAll(List.of(more));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(said.toFile())
        .start();
  }

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
