package dev.turntable.clients;

import dev.turntable.simulator.Simulator;
import dev.turntable.simulator.SimulatorOptions;
import dev.turntable.simulator.handinger.HandingerOptions;
import dev.turntable.simulator.handinger.HandingerState;
import dev.turntable.simulator.handinger.HandingerTask;
import dev.turntable.simulator.server.ReceivedRequest;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** The services of a small office, simulated, where a client knows twelve tasks by their ids. */
final class Office implements AutoCloseable {
  static final String DRIVER = "dev.turntable.jdbc.TurntableDriver";
  static final String USER = "ada";
  static final String KEY = HandingerOptions.DEMO_KEY;
  static final String WORKER = HandingerState.demoWorkerIds().get(0);

  private final Simulator simulator;
  private final List<HandingerTask> tasks;

  private Office(Simulator simulator) {
    this.simulator = simulator;
    tasks = List.copyOf(simulator.handinger().tasks().subList(0, 12));
  }

  static Office open() throws IOException {
    return new Office(Simulator.start(SimulatorOptions.demo()));
  }

  /** Returns the URL of the driver; the key is the password. */
  String url() {
    return "jdbc:turntable:handinger:baseUrl="
        + simulator.handingerUrl()
        + ";taskIds="
        + String.join(",", ids());
  }

  /** Returns what a person would set in the environment instead. */
  Map<String, String> environment() {
    return Map.of(
        "HANDINGER_BASE_URL",
        simulator.handingerUrl(),
        "HANDINGER_API_KEY",
        KEY,
        "TURNTABLE_URL",
        "jdbc:turntable:handinger:taskIds=" + String.join(",", ids()));
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(url(), USER, KEY);
  }

  /** Connects to where every task is known: by the logs of the workers, as in the demo. */
  Connection connectToAll() throws SQLException {
    return DriverManager.getConnection(urlOfAll(), USER, KEY);
  }

  String urlOfAll() {
    return "jdbc:turntable:handinger:baseUrl="
        + simulator.handingerUrl()
        + ";workerIds="
        + String.join(",", HandingerState.demoWorkerIds());
  }

  /** Returns the known tasks in the order in which a scan reads them. */
  List<HandingerTask> tasks() {
    return tasks;
  }

  List<String> ids() {
    return tasks.stream().map(HandingerTask::id).toList();
  }

  /** Returns the requests that read each known task once. */
  List<String> readsOfAll() {
    return tasks.stream().map(Office::read).toList();
  }

  static String read(HandingerTask task) {
    return "GET /api/tasks/" + task.id();
  }

  /** Returns the request by which a connection asks whether the service answers. */
  String ping() {
    return read(tasks.get(0));
  }

  HandingerState service() {
    return simulator.handinger();
  }

  /** Returns what the service was asked since the last call. */
  List<String> asked() {
    List<String> lines = simulator.requests().stream().map(ReceivedRequest::line).toList();
    simulator.clearRequests();
    return lines;
  }

  @Override
  public void close() {
    simulator.close();
  }
}
