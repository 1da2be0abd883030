package dev.turntable.jdbc;

import dev.turntable.config.Sources;
import dev.turntable.plan.start.StartUp;
import dev.turntable.simulator.Simulator;
import dev.turntable.simulator.SimulatorOptions;
import dev.turntable.simulator.handinger.HandingerOptions;
import dev.turntable.simulator.handinger.HandingerState;
import dev.turntable.simulator.rightbrain.RightbrainOptions;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.TaskSourceProvider;
import dev.turntable.source.TurntableException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The services of the demo, simulated inside this JVM on loopback: one set per connection, so that
 * what one connection writes no other one sees. The only place of the driver that names services.
 */
final class Demo implements AutoCloseable {
  private static final String HANDINGER = "handinger";
  private static final String RIGHTBRAIN = "rightbrain";

  private final Simulator simulator;

  private Demo(Simulator simulator) {
    this.simulator = simulator;
  }

  static Demo start() {
    StartUp.awaitRequests();
    try {
      return new Demo(Simulator.start(SimulatorOptions.demo()));
    } catch (NoClassDefFoundError e) {
      throw new TurntableException(
          ErrorKind.UNSUPPORTED,
          "the demo needs the module jdk.httpserver, which this Java runtime lacks: start it with"
              + " --add-modules jdk.httpserver, or add that to the image that jlink makes; other"
              + " sources do without",
          e);
    } catch (IOException e) {
      throw new TurntableException(
          ErrorKind.UNREACHABLE, "the demo's simulator cannot start: " + e.getMessage(), e);
    }
  }

  static List<TaskSourceProvider> sources() {
    Map<String, TaskSourceProvider> known = Sources.known();
    return Stream.of(HANDINGER, RIGHTBRAIN).filter(known::containsKey).map(known::get).toList();
  }

  /** Returns where the simulated services are, their keys, and what makes all data discoverable. */
  Map<String, String> presets() {
    return Map.of(
        HANDINGER + ".baseUrl", simulator.handingerUrl(),
        HANDINGER + ".apiKey", HandingerOptions.DEMO_KEY,
        HANDINGER + ".workerIds", String.join(",", HandingerState.demoWorkerIds()),
        RIGHTBRAIN + ".baseUrl", simulator.rightbrainUrl(),
        RIGHTBRAIN + ".tokenUrl", simulator.rightbrainTokenUrl(),
        RIGHTBRAIN + ".apiKey", RightbrainOptions.DEMO_KEY,
        RIGHTBRAIN + ".orgId", simulator.rightbrain().orgId(),
        RIGHTBRAIN + ".projectId", simulator.rightbrain().projectId());
  }

  @Override
  public void close() {
    simulator.close();
  }
}
