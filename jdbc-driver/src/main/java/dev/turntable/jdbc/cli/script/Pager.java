package dev.turntable.jdbc.cli.script;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Shows what is written: on the terminal if it fits the screen, else by the user's pager, which is
 * started as soon as it is known not to. Who leaves the pager wants no more rows.
 */
final class Pager extends OutputStream {
  private final PrintStream screen;
  private final Map<String, String> environment;
  private final int height;
  private final Runnable beforeOutput;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private int lines;
  private @Nullable Process process;

  private Pager(
      PrintStream screen, Map<String, String> environment, int height, Runnable beforeOutput) {
    this.screen = screen;
    this.environment = environment;
    this.height = height;
    this.beforeOutput = beforeOutput;
  }

  /**
   * Returns a pager, or null if there is none to start.
   *
   * @param height the lines of the terminal
   * @param beforeOutput called once, before anything is seen of what is written
   */
  static @Nullable Pager of(
      PrintStream screen, Map<String, String> environment, int height, Runnable beforeOutput) {
    boolean dumb = environment.getOrDefault("TERM", "").toLowerCase(Locale.ROOT).equals("dumb");
    return height < 2 || dumb || command(environment).isEmpty()
        ? null
        : new Pager(screen, environment, height, beforeOutput);
  }

  private static String command(Map<String, String> environment) {
    for (String name : List.of("TURNTABLE_PAGER", "PAGER")) {
      String wanted = environment.get(name);
      if (wanted != null) {
        return wanted.strip();
      }
    }
    return Stream.of("less", "more")
        .filter(program -> isOnPath(program, environment.getOrDefault("PATH", "")))
        .findFirst()
        .orElse("");
  }

  private static boolean isOnPath(String program, String path) {
    return Stream.of(path.split(":", -1))
        .filter(folder -> folder.startsWith("/"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (process != null) {
      process.getOutputStream().write(bytes, offset, length);
      return;
    }
    kept.write(bytes, offset, length);
    for (int i = offset; i < offset + length; i++) {
      lines += bytes[i] == '\n' ? 1 : 0;
    }
    if (lines >= height) {
      beforeOutput.run();
      screen.flush();
      process = start();
      kept.writeTo(process.getOutputStream());
    }
  }

  private Process start() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder("/bin/sh", "-c", command(environment))
            .redirectOutput(Redirect.INHERIT)
            .redirectError(Redirect.INHERIT);
    // As for git: leaves at the end of what fits the screen, colours, no clearing of the screen.
    builder.environment().putIfAbsent("LESS", "FRX");
    builder.environment().putIfAbsent("LESSCHARSET", "utf-8");
    return builder.start();
  }

  @Override
  public void flush() throws IOException {
    if (process != null) {
      process.getOutputStream().flush();
    }
  }

  /** Shows what was kept, or waits until the user leaves the pager. */
  @Override
  public void close() throws IOException {
    if (process == null) {
      beforeOutput.run();
      kept.writeTo(screen);
      kept.reset();
      screen.flush();
      return;
    }
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      // The user has left it and does not want the rest.
    }
    boolean interrupted = false;
    while (process.isAlive()) {
      try {
        process.waitFor();
      } catch (InterruptedException e) {
        interrupted = true; // two programs must not read one terminal
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
