package dev.turntable.examples.slow;

import dev.turntable.simulator.Simulator;
import dev.turntable.simulator.SimulatorOptions;
import dev.turntable.simulator.handinger.HandingerOptions;
import dev.turntable.simulator.handinger.HandingerTask;
import dev.turntable.simulator.server.ReceivedRequest;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A simulated Handinger with the demo's tasks, and how a client gets to it. */
final class Service implements AutoCloseable {
  private final Simulator simulator;

  /** The tasks that the URL names. */
  private final List<HandingerTask> known;

  private Service(Simulator simulator) {
    this.simulator = simulator;
    known = tasks();
  }

  static Service start() throws IOException {
    return new Service(Simulator.start(SimulatorOptions.demo()));
  }

  /** Names the tasks, so that a scan costs a request for each and nothing more. */
  String url() {
    return "jdbc:turntable:handinger:taskIds="
        + known.stream().map(HandingerTask::id).collect(Collectors.joining(","));
  }

  /** Address and key, which are in no URL. */
  Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    environment.put("HANDINGER_BASE_URL", simulator.handingerUrl());
    environment.put("HANDINGER_API_KEY", HandingerOptions.DEMO_KEY);
    return environment;
  }

  /** Returns the tasks that the URL names, by their ids. */
  List<HandingerTask> known() {
    return known;
  }

  /** Returns all tasks there are now, by their ids. */
  List<HandingerTask> tasks() {
    return simulator.handinger().tasks().stream()
        .filter(task -> !task.archived())
        .sorted(Comparator.comparing(HandingerTask::id))
        .toList();
  }

  /** Returns a line for each worker of the tasks: its id and the credits they took. */
  static List<String> creditsByWorker(List<HandingerTask> tasks, String between) {
    Map<String, Long> credits =
        tasks.stream()
            .collect(
                Collectors.groupingBy(
                    HandingerTask::workerId,
                    TreeMap::new,
                    Collectors.summingLong(HandingerTask::credits)));
    return credits.entrySet().stream()
        .map(each -> each.getKey() + between + each.getValue())
        .toList();
  }

  /** Returns the requests since the last call. */
  List<String> requests() {
    List<String> lines = simulator.requests().stream().map(ReceivedRequest::line).toList();
    simulator.clearRequests();
    return lines;
  }

  @Override
  public void close() {
    simulator.close();
  }
}
