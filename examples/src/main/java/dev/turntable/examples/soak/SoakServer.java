package dev.turntable.examples.soak;

import dev.turntable.simulator.Simulator;
import dev.turntable.simulator.SimulatorOptions;
import dev.turntable.simulator.rightbrain.RightbrainOptions;
import dev.turntable.simulator.server.Fault;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The simulated services in a process of their own, so that their memory is not ours. Now and then
 * they answer wrongly, and forget the tokens that they gave out.
 */
final class SoakServer implements AutoCloseable {
  private static final int TASKS = 500;
  private static final int ONE_FAULT_IN = 150;
  private static final int TOKENS_LIVE_FOR = 5_000;
  private static final Map<String, String> SOON = Map.of("retry-after-ms", "1");

  /** Most are healed by asking again; garbage and a cut text fail the statement. */
  private static final List<Fault> FAULTS =
      List.of(
          Fault.status(503, SOON),
          Fault.garbage(),
          Fault.status(429, SOON),
          Fault.cutInBody(),
          Fault.status(500, SOON),
          Fault.truncatedJson(),
          Fault.status(502, SOON),
          Fault.cutBeforeHeaders());

  private final Process process;
  final String url;
  final String rightbrainUrl;
  final String tokenUrl;
  final String worker;
  final List<String> tasks;

  private SoakServer(Process process, BufferedReader lines) throws IOException {
    this.process = process;
    this.url = line(lines);
    this.rightbrainUrl = line(lines);
    this.tokenUrl = line(lines);
    this.worker = line(lines);
    this.tasks = List.of(line(lines).split(",", -1));
  }

  static SoakServer start() throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                SoakServer.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    return new SoakServer(process, process.inputReader(StandardCharsets.UTF_8));
  }

  private static String line(BufferedReader lines) throws IOException {
    String line = lines.readLine();
    if (line == null) {
      throw new IOException("the server has not started");
    }
    return line;
  }

  /** Serves until the parent ends. */
  public static void main(String[] arguments) throws IOException {
    RightbrainOptions rightbrain =
        RightbrainOptions.builder().tasks(Load.TASKS).runsPerTask(Load.RUNS).build();
    SimulatorOptions options =
        SimulatorOptions.builder().tasks(TASKS).workers(1).rightbrain(rightbrain).build();
    try (Simulator simulator = Simulator.start(options)) {
      simulator.faults((request, ordinal) -> fault(simulator, ordinal));
      System.out.println(simulator.handingerUrl());
      System.out.println(simulator.rightbrainUrl());
      System.out.println(simulator.rightbrainTokenUrl());
      System.out.println(simulator.handinger().workerIds().get(0));
      System.out.println(String.join(",", simulator.handinger().taskIds()));
      System.out.flush();
      System.in.transferTo(OutputStream.nullOutputStream());
    }
  }

  private static Optional<Fault> fault(Simulator simulator, long ordinal) {
    if (ordinal % TOKENS_LIVE_FOR == 0) {
      simulator.rightbrain().access().expireTokens();
    }
    return ordinal % ONE_FAULT_IN == 0
        ? Optional.of(FAULTS.get((int) (ordinal / ONE_FAULT_IN % FAULTS.size())))
        : Optional.empty();
  }

  @Override
  public void close() {
    process.destroy();
  }
}
