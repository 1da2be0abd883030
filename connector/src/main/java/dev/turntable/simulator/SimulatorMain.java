package dev.turntable.simulator;

import dev.turntable.simulator.handinger.HandingerState;
import dev.turntable.simulator.rightbrain.RightbrainOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;

/** Runs the simulator alone until it is told to stop (SIGTERM, Ctrl-C). */
public final class SimulatorMain {
  private static final String USAGE =
      "Usage: SimulatorMain [--port N] [--tasks N] [--executions N] [--key KEY]"
          + " [--shape legacy|new] [--rightbrain-port N] [--rightbrain-key KEY] [--rightbrain-tasks N]"
          + " [--rightbrain-runs N] [--latency-ms N] [--run-ms N] [--demo]";

  private SimulatorMain() {}

  /** Prints a line for each service, its base URL and key, once requests are answered. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Simulator simulator;
    try {
      simulator = start(new ArrayDeque<>(List.of(arguments)), System.out);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.err.println(USAGE);
      System.exit(2);
      return;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(simulator::close));
    new CountDownLatch(1).await();
  }

  static Simulator start(Deque<String> arguments, PrintStream out) throws IOException {
    SimulatorOptions.Builder options = SimulatorOptions.builder();
    RightbrainOptions.Builder rightbrain = RightbrainOptions.builder();
    if (arguments.remove("--demo")) {
      options.demo();
      rightbrain.demo();
    }
    Duration latency = Duration.ZERO;
    Duration run = Duration.ZERO;
    HandingerState.Shape shape = HandingerState.Shape.NEW;
    while (!arguments.isEmpty()) {
      String option = arguments.removeFirst();
      if (arguments.isEmpty()) {
        throw new IllegalArgumentException("Unknown option, or no value after it: " + option);
      }
      String value = arguments.removeFirst();
      switch (option) {
        case "--port" -> options.port(Integer.parseInt(value));
        case "--tasks" -> options.tasks(Integer.parseInt(value));
        case "--executions" -> options.executions(Integer.parseInt(value));
        case "--key" -> options.key(value);
        case "--shape" -> shape = HandingerState.Shape.valueOf(value.toUpperCase(Locale.ROOT));
        case "--rightbrain-port" -> rightbrain.port(Integer.parseInt(value));
        case "--rightbrain-key" -> rightbrain.key(value);
        case "--rightbrain-tasks" -> rightbrain.tasks(Integer.parseInt(value));
        case "--rightbrain-runs" -> rightbrain.runsPerTask(Integer.parseInt(value));
        case "--latency-ms" -> latency = Duration.ofMillis(Long.parseLong(value));
        case "--run-ms" -> run = Duration.ofMillis(Long.parseLong(value));
        default -> throw new IllegalArgumentException("Unknown option: " + option);
      }
    }
    SimulatorOptions chosen = options.rightbrain(rightbrain.build()).build();
    Simulator simulator = Simulator.start(chosen);
    simulator.latency(latency);
    simulator.handinger().runDuration(run);
    simulator.rightbrain().switches().runDuration(run);
    simulator.handinger().shape(shape);
    out.println(simulator.handingerUrl() + " key " + chosen.handinger.key());
    out.println(simulator.rightbrainUrl() + " key " + chosen.rightbrain.key());
    return simulator;
  }
}
