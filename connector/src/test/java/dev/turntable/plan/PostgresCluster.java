package dev.turntable.plan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * PostgreSQL 15 as Debian packages it, with a cluster in a directory of its own that listens on
 * 127.0.0.1 only and is gone afterwards. PostgreSQL refuses to run as root: there it runs as the user
 * that the package made.
 */
final class PostgresCluster implements AutoCloseable {
  private static final Path PROGRAMS = Path.of("/usr/lib/postgresql/15/bin");
  private static final long MINUTES_TO_START = 2;

  private final Path directory;
  private final int port;
  private final Process server;

  private PostgresCluster(Path directory, int port, Process server) {
    this.directory = directory;
    this.port = port;
    this.server = server;
  }

  /** Why there can be none here; empty if there can. */
  static Optional<String> missing() {
    return Files.isExecutable(PROGRAMS.resolve("initdb"))
        ? Optional.empty()
        : Optional.of(
            "no PostgreSQL 15 in " + PROGRAMS + "; .ci/postgres-judge installs and runs it");
  }

  /**
   * Makes a cluster and starts it.
   *
   * @throws IllegalStateException if it does not start, with what it wrote
   */
  static PostgresCluster start() {
    try {
      Path directory = Files.createTempDirectory("turntable-postgres");
      if (isRoot()) {
        execute(List.of("chown", "postgres:", directory.toString()), directory);
      }
      execute(
          asUser(
              "initdb",
              "-D",
              directory.resolve("data").toString(),
              "-A",
              "trust",
              "-U",
              "judge",
              // Texts are compared by their bytes, as Turntable and DuckDB do it.
              "--encoding=UTF8",
              "--lc-collate=C",
              "--lc-ctype=C.UTF-8",
              "--no-sync"),
          directory);
      int port;
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        port = socket.getLocalPort();
      }
      Process server =
          process(
                  asUser(
                      "postgres",
                      "-D",
                      directory.resolve("data").toString(),
                      "-h",
                      "127.0.0.1",
                      "-p",
                      String.valueOf(port),
                      "-k",
                      directory.toString(),
                      "-F"),
                  directory)
              .start();
      PostgresCluster cluster = new PostgresCluster(directory, port, server);
      cluster.await();
      return cluster;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private static List<String> asUser(String program, String... arguments) {
    List<String> command = new ArrayList<>();
    if (isRoot()) {
      command.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
    }
    command.add(PROGRAMS.resolve(program).toString());
    command.addAll(List.of(arguments));
    return command;
  }

  private static ProcessBuilder process(List<String> command, Path directory) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(directory.toFile());
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log(directory).toFile()));
    return builder;
  }

  private static Path log(Path directory) {
    return directory.resolveSibling(directory.getFileName() + ".log");
  }

  private static void execute(List<String> command, Path directory) throws IOException {
    Process process = process(command, directory).start();
    try {
      if (!process.waitFor(MINUTES_TO_START, TimeUnit.MINUTES) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IllegalStateException(command + ": " + Files.readString(log(directory)));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(command + " was interrupted", e);
    }
  }

  /** Asks until it answers: the server tells nobody but its log that it is ready. */
  private void await() throws IOException {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(MINUTES_TO_START);
    while (server.isAlive() && System.nanoTime() < end) {
      try (Connection connection = DriverManager.getConnection(url())) {
        if (connection.isValid(1)) {
          return;
        }
      } catch (SQLException e) {
        // Not yet: the port is closed, or the server says that it is starting.
        Thread.onSpinWait();
      }
    }
    String log = Files.readString(log(directory));
    close();
    throw new IllegalStateException("PostgreSQL does not start: " + log);
  }

  String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=judge&connectTimeout=1";
  }

  @Override
  public void close() {
    server.destroy();
    try {
      if (!server.waitFor(MINUTES_TO_START, TimeUnit.MINUTES)) {
        server.destroyForcibly();
      }
      delete();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void delete() throws IOException {
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
    Files.deleteIfExists(log(directory));
  }
}
