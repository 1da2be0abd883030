package dev.turntable.examples.soak;

import dev.turntable.simulator.Simulator;
import dev.turntable.simulator.SimulatorOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The simulated service in a process of its own, so that its memory is not ours. */
final class SoakServer implements AutoCloseable {
  private static final int TASKS = 500;

  private final Process process;
  final String url;
  final String worker;
  final List<String> tasks;

  private SoakServer(Process process, BufferedReader lines) throws IOException {
    this.process = process;
    this.url = line(lines);
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
    SimulatorOptions options = SimulatorOptions.builder().tasks(TASKS).workers(1).build();
    try (Simulator simulator = Simulator.start(options)) {
      System.out.println(simulator.handingerUrl());
      System.out.println(simulator.handinger().workerIds().get(0));
      System.out.println(String.join(",", simulator.handinger().taskIds()));
      System.out.flush();
      System.in.transferTo(OutputStream.nullOutputStream());
    }
  }

  @Override
  public void close() {
    process.destroy();
  }
}
