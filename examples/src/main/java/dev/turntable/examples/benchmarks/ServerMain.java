package dev.turntable.examples.benchmarks;

import dev.turntable.simulator.Simulator;
import dev.turntable.simulator.SimulatorOptions;
import dev.turntable.simulator.rightbrain.RightbrainOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/** A simulated service that runs until its standard input ends. */
final class ServerMain {
  private ServerMain() {}

  private static final int RIGHTBRAIN_TASKS = 10;

  /**
   * Prints the URLs of both services and of the list of runs, the ids of the workers and the ids of the first thousand tasks,
   * one line each.
   *
   * @param arguments tasks, log entries per worker, milliseconds that every answer waits, runs of
   *     Rightbrain's tasks
   */
  public static void main(String[] arguments) throws IOException {
    SimulatorOptions options =
        SimulatorOptions.builder()
            .tasks(Integer.parseInt(arguments[0]))
            .workers(1)
            .executions(Integer.parseInt(arguments[1]))
            .rightbrain(
                RightbrainOptions.builder()
                    .tasks(RIGHTBRAIN_TASKS)
                    .runsPerTask(Integer.parseInt(arguments[3]) / RIGHTBRAIN_TASKS)
                    .build())
            .build();
    try (Simulator simulator = Simulator.start(options)) {
      simulator.latency(Duration.ofMillis(Long.parseLong(arguments[2])));
      System.out.println(simulator.handingerUrl());
      System.out.println(simulator.rightbrainUrl());
      System.out.println(
          "%s/org/%s/project/%s/task_run"
              .formatted(
                  simulator.rightbrainUrl(),
                  simulator.rightbrain().orgId(),
                  simulator.rightbrain().projectId()));
      System.out.println(String.join(",", simulator.handinger().workerIds()));
      System.out.println(
          String.join(",", simulator.handinger().taskIds().stream().limit(1000).toList()));
      System.out.flush();
      // Nobody writes; the end of the stream is the end of the parent.
      System.in.transferTo(OutputStream.nullOutputStream());
    }
  }
}
