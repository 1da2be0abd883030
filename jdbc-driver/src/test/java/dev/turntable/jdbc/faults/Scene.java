package dev.turntable.jdbc.faults;

import dev.turntable.simulator.Simulator;
import dev.turntable.simulator.SimulatorOptions;
import dev.turntable.simulator.handinger.HandingerOptions;
import dev.turntable.simulator.handinger.HandingerState;
import dev.turntable.simulator.rightbrain.RightbrainAccess;
import dev.turntable.simulator.rightbrain.RightbrainOptions;
import java.io.IOException;
import java.net.URI;
import java.util.Map;

/** Data of one service and its line: what a connection is opened to. */
final class Scene implements AutoCloseable {
  private final String source;
  private final Simulator simulator;
  private final Upstream upstream;

  private Scene(String source, Simulator simulator) {
    this.source = source;
    this.simulator = simulator;
    this.upstream = new Upstream(root(simulator.url(source)));
  }

  private static String root(String url) {
    return URI.create(url).resolve("/").toString().replaceAll("/$", "");
  }

  /** Returns the URL of a connection to the service over a line. */
  String jdbcUrl(Line line) {
    String path = URI.create(simulator.url(source)).getPath();
    return "jdbc:turntable:"
        + source
        + ":baseUrl="
        + line.url()
        + path
        + (source.equals("rightbrain") ? ";tokenUrl=" + line.url() + "/oauth2/token" : "");
  }

  static Scene handinger(HandingerState.Shape shape) throws IOException {
    Simulator simulator =
        Simulator.start(
            SimulatorOptions.builder()
                .tasks(20)
                .workers(4)
                .turns(1, 3)
                .executions(130)
                .schedules(3)
                .build());
    simulator.handinger().shape(shape);
    return new Scene("handinger", simulator);
  }

  static Scene rightbrain(int tasks, int runsPerTask) throws IOException {
    RightbrainOptions options =
        RightbrainOptions.builder().tasks(tasks).runsPerTask(runsPerTask).build();
    return new Scene(
        "rightbrain", Simulator.start(SimulatorOptions.builder().rightbrain(options).build()));
  }

  String source() {
    return source;
  }

  Simulator simulator() {
    return simulator;
  }

  Upstream upstream() {
    return upstream;
  }

  /** Returns what a connection needs to be let in, beside the address. */
  Map<String, String> key() {
    if (source.equals("handinger")) {
      return Map.of("apiKey", HandingerOptions.KEY);
    }
    return Map.of(
        "apiKey", RightbrainOptions.KEY,
        "orgId", simulator.rightbrain().orgId(),
        "projectId", simulator.rightbrain().projectId());
  }

  /** Returns the same for an OAuth client, who also asks the service where it belongs. */
  static Map<String, String> client() {
    return Map.of(
        "clientId", RightbrainAccess.CLIENT_ID, "clientSecret", RightbrainAccess.CLIENT_SECRET);
  }

  @Override
  public void close() {
    simulator.close();
  }
}
