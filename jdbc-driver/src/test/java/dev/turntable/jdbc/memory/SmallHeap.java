package dev.turntable.jdbc.memory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.jdbc.Program;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A JVM of 96 MB that runs scenarios of {@link SmallHeapMain}, one after the other: what one leaves
 * behind is missing in the next.
 */
@NullMarked
final class SmallHeap implements BeforeAllCallback, AfterAllCallback {
  /** Only to end what hangs: every scenario takes seconds, of the promised numbers minutes. */
  private static final long MINUTES = 20;

  private static final String ENDED = "the JVM has ended";

  private final List<String> options;
  private final BlockingQueue<String> said = new LinkedBlockingQueue<>();
  private @Nullable LargeService service;
  private @Nullable Process process;
  private @Nullable PrintStream orders;

  /**
   * @param moreOptions of the JVM
   */
  SmallHeap(String... moreOptions) {
    options = List.of(moreOptions);
  }

  /** Starts a JVM and a service for it. */
  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    LargeService large = new LargeService();
    service = large;
    List<String> command = new ArrayList<>(Program.JAVA);
    command.addAll(options);
    command.addAll(
        List.of(
            "-Xmx96m",
            "-Djava.net.preferIPv4Stack=true",
            "-Dsmall.heap=" + System.getProperty("small.heap", "few"),
            "-cp",
            System.getProperty("java.class.path"),
            SmallHeapMain.class.getName(),
            large.url()));
    Process started = new ProcessBuilder(command).redirectErrorStream(true).start();
    process = started;
    orders = new PrintStream(started.getOutputStream(), true, UTF_8);
    Thread reader = new Thread(() -> hear(started), "small-heap");
    reader.setDaemon(true);
    reader.start();
  }

  private void hear(Process started) {
    try (BufferedReader lines = started.inputReader(UTF_8)) {
      lines.lines().forEach(said::add);
    } catch (java.io.UncheckedIOException | IOException e) {
      said.add(e.toString());
    }
    said.add(ENDED);
  }

  LargeService service() {
    return requireNonNull(service);
  }

  /**
   * Returns what the scenario prints, line by line; fails if it does not end well, if memory runs out
   * or no point read is answered afterwards.
   */
  List<String> run(String scenario) throws InterruptedException {
    requireNonNull(orders).println(scenario);
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
  public void afterAll(ExtensionContext context) {
    if (process != null) {
      process.destroyForcibly();
    }
    if (service != null) {
      service.close();
    }
  }
}
