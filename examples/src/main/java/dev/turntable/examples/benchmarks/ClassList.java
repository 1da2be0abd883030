package dev.turntable.examples.benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes the list of the classes that a new process loads of the planner's libraries, in their order: for
 * an aggregate, then for the other kinds of statements.
 */
final class ClassList {
  private static final String NAME = "dev/turntable/plan/start/needed-classes.txt";
  private static final Path LIST = Path.of("connector/src/main/resources", NAME);

  /** A line of {@code -Xlog:class+load}; what is made while it runs comes from no file. */
  private static final Pattern LOADED =
      Pattern.compile(
          ".*\\] dev\\.turntable\\.shaded\\.((?:org|com\\.google)\\.\\S+) source: (?:jar:)?file:.*");

  private ClassList() {}

  static void write(String jdbcUrl, List<String> tasks, Path work)
      throws IOException, InterruptedException {
    Path statements = work.resolve("usual.sql");
    List<String> usual = new ArrayList<>(List.of(Statements.aggregate(tasks.get(0))));
    usual.addAll(Statements.distinct(tasks).subList(0, Statements.SHAPES));
    Files.write(statements, usual);
    Path log = work.resolve("loaded.txt");
    // The old list, which is followed, would hide what is needed no more.
    Path none = work.resolve("no-list");
    Files.createDirectories(none.resolve(NAME).getParent());
    Files.writeString(none.resolve(NAME), "");
    Jvm turntable = Jvm.turntable();
    new Jvm(none + File.pathSeparator + turntable.classPath(), turntable.flags())
        .with("-Xlog:class+load:file=" + log)
        .run(FirstRowMain.class, jdbcUrl, statements.toString());
    List<String> names =
        Files.readAllLines(log).stream()
            .map(LOADED::matcher)
            .filter(Matcher::matches)
            .map(line -> line.group(1))
            .distinct()
            .toList();
    Files.writeString(LIST, String.join("\n", names));
  }
}
