package dev.turntable.jdbc.memory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullMarked;

/**
 * A JVM of 96 MB that runs scenarios of {@link SmallHeapMain}, one after the other: what one leaves
 * behind is missing in the next.
 */
@NullMarked
final class SmallHeap implements AutoCloseable {
  /** Only to end what hangs: every scenario takes seconds, of the promised numbers minutes. */
  private static final long MINUTES = 20;

  private static final String ENDED = "the JVM has ended";

  private final LargeService service;
  private final Process process;
  private final PrintStream orders;
  private final BlockingQueue<String> said = new LinkedBlockingQueue<>();

  private SmallHeap(LargeService service, Process process) {
    this.service = service;
    this.process = process;
    this.orders = new PrintStream(process.getOutputStream(), true, UTF_8);
    Thread reader = new Thread(this::hear, "small-heap");
    reader.setDaemon(true);
    reader.start();
  }

  /** Starts a JVM and a service for it. */
  static SmallHeap start() throws IOException {
    LargeService service = new LargeService();
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx96m",
            "-XX:TieredStopAtLevel=1", // it lives for seconds
            "-Djava.net.preferIPv4Stack=true",
            "-Dsmall.heap=" + System.getProperty("small.heap", "few"),
            "-cp",
            System.getProperty("java.class.path"),
            SmallHeapMain.class.getName(),
            service.url());
    return new SmallHeap(service, new ProcessBuilder(command).redirectErrorStream(true).start());
  }

  private void hear() {
    try (BufferedReader lines = process.inputReader(UTF_8)) {
      lines.lines().forEach(said::add);
    } catch (java.io.UncheckedIOException | IOException e) {
      said.add(e.toString());
    }
    said.add(ENDED);
  }

  LargeService service() {
    return service;
  }

  /**
   * Returns what the scenario prints, line by line; fails if it does not end well, if memory runs out
   * or no point read is answered afterwards.
   */
  List<String> run(String scenario) throws InterruptedException {
    orders.println(scenario);
    List<String> lines = new ArrayList<>();
    while (true) {
      String line = said.poll(MINUTES, TimeUnit.MINUTES);
      if (line == null || line.equals(ENDED)) {
        said.add(ENDED); // for the scenarios that follow
        String end = line == null ? " hangs:\n" : " has no JVM any more:\n";
        throw new AssertionError(scenario + end + String.join("\n", lines));
      }
      if (line.equals(SmallHeapMain.DONE)) {
        break;
      }
      lines.add(line);
    }
    assertThat(lines).last().isEqualTo("point read: true");
    assertThat(lines)
        .allSatisfy(line -> assertThat(line).doesNotContainIgnoringCase("out of memory", "OutOf"));
    return lines.subList(0, lines.size() - 1);
  }

  @Override
  public void close() {
    process.destroyForcibly();
    service.close();
  }
}
