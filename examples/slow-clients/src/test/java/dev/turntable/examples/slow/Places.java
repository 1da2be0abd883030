package dev.turntable.examples.slow;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Where the things are that the clients are run with. */
final class Places {
  /** The repository. */
  static final Path ROOT = Path.of(System.getProperty("turntable.root")).normalize();

  /** The one jar that users get. */
  static final Path DRIVER = ROOT.resolve("jdbc-driver/target/turntable-jdbc-0.1.0-SNAPSHOT.jar");

  /** The Python of the system, which has the packages, not one that a user has put before it. */
  static final String PYTHON = "/usr/bin/python3";

  /** What the clients make, for people to look at. */
  static final Path RESULTS = Path.of("target", "results").toAbsolutePath();

  private Places() {}

  /** Returns the class path of an example as its build wrote it down. */
  static String classPath(String example) throws IOException {
    return Files.readString(example(example).resolve("target/class-path")).strip();
  }

  static Path example(String name) {
    return ROOT.resolve("examples").resolve(name);
  }

  static String join(Object... classPath) {
    return String.join(
        File.pathSeparator, List.of(classPath).stream().map(Object::toString).toList());
  }

  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** Returns the path of a file among the tests' resources. */
  static String resource(String name) {
    return Path.of("src", "test", "resources", name).toAbsolutePath().toString();
  }

  /** Returns the code blocks of a language on a tool's page, one after another. */
  static String page(String tool, String language) throws IOException {
    String blocks =
        Pattern.compile("^```" + language + "\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE)
            .matcher(Files.readString(ROOT.resolve("docs/tools").resolve(tool + ".md")))
            .results()
            .map(block -> block.group(1))
            .collect(Collectors.joining());
    if (blocks.isEmpty()) {
      throw new AssertionError("The page on " + tool + " has no block in " + language);
    }
    return blocks;
  }
}
