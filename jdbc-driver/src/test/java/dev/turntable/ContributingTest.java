package dev.turntable;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What newcomers are told of the house is so. */
class ContributingTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final List<String> SOURCES =
      List.of("connector/src/main/java/dev/turntable", "jdbc-driver/src/main/java/dev/turntable");
  private static final Pattern ROW = Pattern.compile("\\| (?:… )?(`.+?) (?:\\(.+?\\) )?\\| .+ \\|");
  private static final Pattern QUESTION = Pattern.compile("\\| .+\\? \\| `(.+)` \\|");

  private static List<String> shown() throws IOException {
    return Files.readAllLines(ROOT.resolve("CONTRIBUTING.md")).stream()
        .map(ROW::matcher)
        .filter(row -> row.matches())
        .flatMap(row -> Stream.of(row.group(1).split(", ")))
        .map(name -> name.replace("`", "").replace("dev.turntable.", ""))
        .toList();
  }

  /** Every package stands in the table, and the rooms of each in the order that is checked. */
  @Test
  void theTableOfPackagesIsComplete() throws IOException {
    TreeSet<String> expected = new TreeSet<>(PackageDependenciesTest.MAY_USE.keySet());
    PackageDependenciesTest.ROOMS.forEach(
        (name, rooms) ->
            rooms.stream()
                .filter(room -> !room.equals(PackageDependenciesTest.ITSELF))
                .forEach(room -> expected.add(name + "." + room)));
    assertThat(shown()).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void theTableOfPackagesGoesFromTopToBottom() throws IOException {
    List<String> shown = shown();
    PackageDependenciesTest.MAY_USE.forEach(
        (name, below) ->
            below.forEach(
                other ->
                    assertThat(shown.indexOf(name))
                        .as("%s above %s", name, other)
                        .isLessThan(shown.indexOf(other))));
    PackageDependenciesTest.ROOMS.forEach(
        (name, rooms) -> {
          List<String> below = new ArrayList<>();
          for (String room : rooms) {
            if (room.equals(PackageDependenciesTest.ITSELF)) {
              break;
            }
            below.add(0, name + "." + room);
          }
          List<String> those = shown.stream().filter(below::contains).toList();
          if (!name.equals("simulator")) { // two of its rooms stand side by side
            assertThat(those).isEqualTo(below);
          }
        });
  }

  @Test
  void everyQuestionHasAFile() throws IOException {
    List<String> files =
        Files.readAllLines(ROOT.resolve("docs/where-is.md")).stream()
            .map(QUESTION::matcher)
            .filter(row -> row.matches())
            .map(row -> row.group(1))
            .toList();
    assertThat(files).hasSizeGreaterThanOrEqualTo(20).doesNotHaveDuplicates();
    assertThat(files)
        .allMatch(
            file ->
                SOURCES.stream()
                    .anyMatch(source -> Files.exists(ROOT.resolve(source).resolve(file))));
  }

  /** Users write these names: in model files, in tools, in providers of their own. */
  @Test
  void theNamesThatUsersWriteStay() throws ReflectiveOperationException {
    for (String name :
        List.of(
            "dev.turntable.plan.TurntableSchemaFactory",
            "dev.turntable.jdbc.TurntableDriver",
            "dev.turntable.jdbc.TurntableDataSource",
            "dev.turntable.jdbc.RequestUsage",
            "dev.turntable.jdbc.cli.Main",
            "dev.turntable.source.TaskSourceProvider",
            "dev.turntable.source.TaskSource",
            "dev.turntable.source.TableDef",
            "dev.turntable.source.AccessPath",
            "dev.turntable.source.Fetch",
            "dev.turntable.source.Page")) {
      assertThat(Class.forName(name)).as(name).isPublic();
    }
  }
}
