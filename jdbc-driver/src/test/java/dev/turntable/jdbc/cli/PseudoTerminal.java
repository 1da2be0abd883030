package dev.turntable.jdbc.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.jdbc.Program;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullMarked;

/** The program at a terminal of its own, which {@code script} of util-linux makes. */
@NullMarked
final class PseudoTerminal implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String ESCAPES =
      "\u001b\\[[0-9;?]*[A-Za-z]|\u001b[=>]|\u001b\\][^\u0007]*\u0007|\r|\u0007|[^\\n]\b";

  private final Process process;
  private final OutputStream keys;
  private final StringBuilder shown = new StringBuilder();
  private int seen;
  private boolean ended;

  private PseudoTerminal(Process process) {
    this.process = process;
    this.keys = process.getOutputStream();
    Thread reader = new Thread(() -> read(process.getInputStream()), "pseudo-terminal");
    reader.setDaemon(true);
    reader.start();
  }

  /** Starts the driver's jar where there is one, else its classes, with the words of a shell. */
  static PseudoTerminal start(Path folder, Map<String, String> environment, String arguments)
      throws IOException, InterruptedException {
    List<String> java = new ArrayList<>(Program.JAVA);
    if (System.getProperty("turntable.jar") == null) {
      java.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    } else {
      java = new ArrayList<>(Program.in(folder).javaForTheJar());
      java.addAll(List.of("-jar", Program.JAR.toString()));
    }
    Path script =
        Files.writeString(
            folder.resolve("start"),
            // What Ctrl-C ends is the program, not the shell that tells its status.
            "trap : INT\nstty rows 40 cols 100\n"
                + String.join(" ", java)
                + " "
                + arguments
                + "\necho \"status $?\"\n");
    ProcessBuilder builder =
        new ProcessBuilder(
                // A background job of a shell without job control ignores Ctrl-C.
                "env", "--default-signal=INT", "script", "-qfec", "/bin/sh " + script, "/dev/null")
            .directory(folder.toFile())
            .redirectErrorStream(true);
    Map<String, String> variables = builder.environment();
    variables
        .keySet()
        .removeIf(
            name ->
                name.matches(
                    "(HANDINGER|RB|TURNTABLE|XDG)_.*|LANG|LANGUAGE|LC_.*|.*PAGER|LESS|EDITOR|VISUAL"));
    variables.put("HOME", folder.toString());
    variables.put("TERM", "xterm");
    variables.put("NO_COLOR", "1");
    variables.put("PAGER", "");
    variables.putAll(environment);
    return new PseudoTerminal(builder.start());
  }

  private void read(InputStream in) {
    byte[] bytes = new byte[8192];
    try {
      for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
        synchronized (shown) {
          shown.append(new String(bytes, 0, n, UTF_8));
          shown.notifyAll();
        }
      }
    } catch (IOException e) {
      // the terminal is gone, and so is what is told below
    }
    synchronized (shown) {
      ended = true;
      shown.notifyAll();
    }
  }

  /** Types, as keys come from a keyboard. */
  PseudoTerminal type(String text) throws IOException {
    keys.write(text.getBytes(UTF_8));
    keys.flush();
    return this;
  }

  /** Waits until something is shown that was not there the last time, and returns what is new. */
  String await(String text) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    synchronized (shown) {
      while (true) {
        String plain = shown.toString().replaceAll(ESCAPES, "");
        int found = plain.indexOf(text, seen);
        if (found >= 0) {
          String fresh = plain.substring(seen, found + text.length());
          seen = found + text.length();
          return fresh;
        }
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        assertThat(left > 0 && !ended)
            .as("<%s> after <%s>", text, plain.substring(Math.min(seen, plain.length())))
            .isTrue();
        shown.wait(left);
      }
    }
  }

  /** Returns everything that has been sent to the terminal, escapes included. */
  String raw() {
    synchronized (shown) {
      return shown.toString();
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().onExit().join();
  }
}
