package dev.turntable.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.turntable.plan.Statements.Told;
import dev.turntable.simulator.handinger.HandingerOptions;
import dev.turntable.store.Store;
import dev.turntable.store.file.Stores;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where DuckDB's jar stands, what else is there, and what the machine forbids. */
final class StoreInstallationsTest {
  private static final String OURS = Stores.LIBRARY.toAbsolutePath().toString();

  private final Bench bench = Bench.handinger(4);

  @TempDir Path temp;

  @AfterEach
  void close() {
    bench.close();
  }

  private Path store() {
    return temp.resolve("store");
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path each : all.toList()) {
        Path copied = to.resolve(from.relativize(each).toString());
        if (Files.isDirectory(each)) {
          Files.createDirectories(copied);
        } else {
          Files.copy(each, copied);
        }
      }
    }
  }

  private static String classPath(boolean withOther) {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> withOther || !entry.contains("duckdb_jdbc"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private String all() {
    return "SELECT COUNT(*), COUNT(title) FROM tasks WHERE id IN ('"
        + String.join("', '", bench.taskIds())
        + "')";
  }

  private Statements start(
      List<String> command, String classPath, List<String> flags, String... more)
      throws IOException {
    return Statements.start(command, classPath, flags, arguments(more), temp.resolve("said"));
  }

  private List<String> arguments(String... more) {
    List<String> arguments = new ArrayList<>();
    arguments.add("handinger");
    arguments.add("baseUrl=" + bench.simulator().handingerUrl());
    arguments.add("apiKey=" + HandingerOptions.KEY);
    arguments.add("maxAge=3600");
    arguments.add("store=" + store());
    arguments.addAll(List.of(more));
    return arguments;
  }

  private void keeps(Statements statements) throws Exception {
    int tasks = bench.taskIds().size();
    Told first = statements.run(all());
    assertThat(first.rows()).as("%s", first).containsExactly(tasks + " | " + tasks);
    assertThat(first.requests()).isEqualTo(tasks);
    Told second = statements.run(all());
    assertThat(second.rows()).isEqualTo(first.rows());
    assertThat(second.requests()).isZero();
    statements.end();
    assertThat(Files.readString(temp.resolve("said"))).isEmpty();
  }

  @Test
  void asADependencyOfTheApplication() throws Exception {
    try (Statements statements =
        start(List.of(), classPath(false) + File.pathSeparator + OURS, List.of())) {
      keeps(statements);
    }
  }

  @Test
  void besideAnotherVersionOfTheApplicationWhicheverComesFirst() throws Exception {
    for (String classPath :
        List.of(
            classPath(true) + File.pathSeparator + OURS,
            OURS + File.pathSeparator + classPath(true))) {
      try (Statements statements = start(List.of(), classPath, List.of())) {
        keeps(statements);
      }
      delete(store());
    }
  }

  /** As with {@code --jars} of Spark, which are in no class path. */
  @Test
  void inTheClassLoaderOfTheDriver() throws Exception {
    assertThat(
            StatementProcess.elsewhere(
                classPath(false) + File.pathSeparator + OURS, arguments(), List.of(all(), all())))
        .filteredOn(line -> line.startsWith(StatementProcess.DONE))
        .containsExactly("done " + bench.taskIds().size(), "done 0");
  }

  /** Our classes stand elsewhere, for the build lays the library beside them. */
  @Test
  void anotherVersionAloneIsNotTaken() throws Exception {
    Path ours = Path.of(Store.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path copy = temp.resolve("elsewhere").resolve("classes");
    copy(ours, copy);
    String classPath = copy + File.pathSeparator + classPath(true);
    try (Statements statements = start(List.of(), classPath, List.of())) {
      assertThat(statements.run(all()).end()).isEqualTo("killed");
    }
    assertThat(Files.readString(temp.resolve("said")))
        .contains("the property store needs org.duckdb:duckdb_jdbc:2.0.0.1");
  }

  @Test
  void nothingIsUnpackedIntoTheTemporaryDirectory() throws Exception {
    String none = "-Djava.io.tmpdir=" + temp.resolve("none");
    try (Statements statements =
        start(List.of(), classPath(false), List.of(none), "storeLibrary=" + OURS)) {
      keeps(statements);
    }
  }

  @Test
  void aTemporaryDirectoryMayForbidToRunWhatIsInIt() throws Exception {
    Path mounted = Files.createDirectory(temp.resolve("mounted"));
    try (Statements statements =
        start(
            with("-o noexec", mounted),
            classPath(false),
            List.of("-Djava.io.tmpdir=" + mounted),
            "storeLibrary=" + OURS)) {
      keeps(statements);
    }
  }

  @Test
  void onAFullDiskReadsGoLiveAndWritesAreNotSent() throws Exception {
    Files.createDirectory(store());
    Files.setPosixFilePermissions(store(), PosixFilePermissions.fromString("rwx------"));
    try (Statements statements =
        start(
            with("-o size=110m,mode=700", store()),
            classPath(false),
            List.of(),
            "storeLibrary=" + OURS)) {
      String first = "SELECT status FROM tasks WHERE id = '" + bench.taskIds().get(0) + "'";
      String turns = "SELECT id, input FROM turns WHERE task_id = '" + bench.taskIds().get(1) + "'";
      assertThat(statements.run(first).requests()).isOne();
      assertThat(statements.run(first).requests()).isZero();
      statements.run("!fill " + store().resolve("tmp").resolve("filler"));

      Told live = statements.run(turns);
      assertThat(live.rows()).as("%s", live).isEqualTo(bench.sql(turns).rows().rows());
      bench.simulator().clearRequests();
      Told refused =
          statements.run(
              "INSERT INTO turns (task_id, input) VALUES ('" + bench.taskIds().get(2) + "', 'x')");
      assertThat(refused.end()).startsWith("failed 53100");
      assertThat(bench.simulator().requests()).isEmpty();
    }
  }

  /** A command that runs another one where a directory is a small disk of its own. */
  private static List<String> with(String options, Path directory) throws Exception {
    List<String> command =
        List.of(
            "unshare",
            "-rm",
            "sh",
            "-c",
            "mount -t tmpfs " + options + " none '" + directory + "' && exec \"$@\"",
            "sh");
    List<String> probe = new ArrayList<>(command);
    probe.add("true");
    int status;
    try {
      status = new ProcessBuilder(probe).start().waitFor();
    } catch (IOException e) {
      status = -1;
    }
    assumeTrue(status == 0, "this machine lets nobody mount a directory of his own (unshare -rm)");
    return command;
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
