package dev.turntable.examples.slow;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.stream.Stream;

/** The Python package of the examples, installed as its README tells. */
final class PythonPackage {
  private static Map<String, String> variables = Map.of();

  private PythonPackage() {}

  /** Installs the package, once, and returns the variables by which Debian's Python finds it. */
  static synchronized Map<String, String> installed() throws IOException, InterruptedException {
    if (variables.isEmpty()) {
      Path results = Files.createDirectories(Places.RESULTS);
      // Tests run in several JVMs: each has its own, and pip builds in the one directory of the
      // sources.
      try (FileChannel channel =
          FileChannel.open(
              results.resolve("venv.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        FileLock held = channel.lock();
        variables = install(results.resolve("venv-" + ProcessHandle.current().pid()));
        held.release();
      }
    }
    return variables;
  }

  private static Map<String, String> install(Path venv) throws IOException, InterruptedException {
    String[] make = {"-m", "venv", "--clear", "--without-pip", "--system-site-packages"};
    python(Places.PYTHON, Stream.concat(Stream.of(make), Stream.of(venv.toString())));
    python(
        venv.resolve("bin/python").toString(),
        Stream.of(
            "-m", "pip", "install", "--no-index", "--no-build-isolation", "./examples/python"));
    try (Stream<Path> versions = Files.list(venv.resolve("lib"))) {
      Path packages = versions.findFirst().orElseThrow().resolve("site-packages");
      return Map.of("PYTHONPATH", packages.toString(), "PYTHONDONTWRITEBYTECODE", "1");
    }
  }

  private static void python(String python, Stream<String> arguments)
      throws IOException, InterruptedException {
    String[] command = Stream.concat(Stream.of(python), arguments).toArray(String[]::new);
    Program.run(Places.ROOT, Map.of(), command);
  }
}
