package dev.turntable.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turntable.jdbc.Program.Run;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar that users get, looked at from outside. */
class ShadedJarIT {
  private static final Path JAR = Program.JAR;
  private static final Path OTHERS = Path.of(System.getProperty("turntable.others"));
  private static final String PROBE = System.getProperty("turntable.probe");

  @TempDir Path folder;

  private Run java(String... arguments) throws IOException, InterruptedException {
    return javaReading("", arguments);
  }

  private Run javaReading(String input, String... arguments)
      throws IOException, InterruptedException {
    Program program = Program.in(folder);
    List<String> command = new ArrayList<>(program.javaForTheJar());
    command.addAll(Arrays.asList(arguments));
    return program.run(input, command);
  }

  private static List<String> entries() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      return jar.stream()
          .filter(entry -> !entry.isDirectory())
          .map(java.util.zip.ZipEntry::getName)
          .toList();
    }
  }

  @Test
  void nothingIsOutsideOurPackage() throws IOException {
    List<String> strangers =
        entries().stream()
            .filter(name -> !name.startsWith("dev/turntable/"))
            .filter(name -> !name.matches("META-INF/versions/[0-9]+/dev/turntable/.*"))
            .filter(name -> !name.matches("META-INF/services/dev\\.turntable\\..*"))
            .filter(name -> !name.matches("META-INF/[^/]*(LICENSE|NOTICE)[^/]*"))
            .toList();
    assertThat(strangers)
        .containsExactlyInAnyOrder("META-INF/MANIFEST.MF", "META-INF/services/java.sql.Driver");
  }

  @Test
  void theServicesAreOurs() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      assertThat(text(jar, "META-INF/services/java.sql.Driver").strip())
          .isEqualTo("dev.turntable.jdbc.TurntableDriver");
      assertThat(text(jar, "META-INF/services/dev.turntable.source.TaskSourceProvider"))
          .contains("Handinger");
      assertThat(text(jar, "META-INF/LICENSE")).contains("Apache License");
      Attributes manifest = jar.getManifest().getMainAttributes();
      assertThat(manifest.getValue("Main-Class")).isEqualTo("dev.turntable.jdbc.cli.Main");
      assertThat(manifest.getValue("Multi-Release")).isEqualTo("true");
      assertThat(manifest.getValue("Automatic-Module-Name")).isEqualTo("dev.turntable.jdbc");
    }
  }

  private static String text(JarFile jar, String name) throws IOException {
    return new String(
        jar.getInputStream(jar.getEntry(name)).readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void thereIsOneDriverJar() throws IOException {
    try (Stream<Path> files = Files.list(JAR.getParent())) {
      assertThat(files.filter(file -> file.getFileName().toString().matches("turntable.*\\.jar")))
          .containsExactly(JAR);
    }
  }

  @Test
  void answersInAClassLoaderOfItsOwnAsOutsideTheJar() throws IOException, SQLException {
    URL[] urls = {JAR.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
      Driver driver = ServiceLoader.load(Driver.class, loader).findFirst().orElseThrow();
      assertThat(driver.getClass().getClassLoader()).isSameAs(loader);
      assertThat(JarProbe.answers(driver))
          .noneMatch(line -> line.startsWith("no row"))
          .isEqualTo(JarProbe.answers(new TurntableDriver()));
    }
  }

  /** As under a security manager, and in a jar that somebody packed anew. */
  @Test
  void saysThatItsSourcesAreHidden() throws IOException {
    URL[] urls = {JAR.toUri().toURL()};
    URLClassLoader hiding =
        new URLClassLoader(urls, ClassLoader.getPlatformClassLoader()) {
          @Override
          public Enumeration<URL> findResources(String name) throws IOException {
            return name.endsWith("TaskSourceProvider")
                ? Collections.emptyEnumeration()
                : super.findResources(name);
          }
        };
    try (hiding) {
      Driver driver = ServiceLoader.load(Driver.class, hiding).findFirst().orElseThrow();
      assertThatThrownBy(
              () -> driver.connect("jdbc:turntable:handinger:apiKey=a", new Properties()))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("META-INF/services/dev.turntable.source.TaskSourceProvider");
    }
  }

  @Test
  void otherVersionsOnTheClassPathChangeNothing() throws Exception {
    List<String> others;
    try (Stream<Path> files = Files.list(OTHERS)) {
      others = files.map(Path::toString).sorted().toList();
    }
    assertThat(others).hasSize(4);
    String before = String.join(File.pathSeparator, others);
    Run alone = probe(JAR + File.pathSeparator + PROBE);
    assertThat(alone.status()).as(alone.err()).isZero();
    assertThat(alone.err()).isEmpty();
    assertThat(alone.out().lines().filter(line -> line.startsWith("driver")))
        .containsExactly("driver dev.turntable.jdbc.TurntableDriver");
    for (String path :
        List.of(before + File.pathSeparator + JAR, JAR + File.pathSeparator + before)) {
      Run beside = probe(path + File.pathSeparator + PROBE);
      assertThat(beside.status()).as(beside.err()).isZero();
      assertThat(beside.out().lines().filter(line -> !line.startsWith("driver")))
          .containsExactlyElementsOf(
              alone.out().lines().filter(line -> !line.startsWith("driver")).toList());
    }
  }

  private Run probe(String classPath) throws IOException, InterruptedException {
    return java("-cp", classPath, JarProbe.class.getName());
  }

  @Test
  void runsByItself() throws Exception {
    Run run = java("-jar", JAR.toString(), "--format", "csv", "-e", JarProbe.STATEMENTS.get(0));
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).startsWith("status,tasks,credits\r\n").contains("completed,");
    assertThat(run.err().lines()).allMatch(line -> line.startsWith("warning: "));
    Run failed =
        java("-jar", JAR.toString(), "-e", "SELECT 1; SELECT t.nix FROM tasks t; SELECT 2");
    assertThat(failed.status()).isEqualTo(1);
    assertThat(failed.out()).isEqualTo("1\n-\n1\n");
    assertThat(failed.err()).startsWith("error: [42703]");
  }

  /** Where standard input is no terminal, as in scripts and containers, there is no shell. */
  @Test
  void runsWhatIsPiped() throws Exception {
    String beyond = "\uD83D\uDE00"; // a letter beyond the BMP
    Run run = javaReading("SELECT '" + beyond + "' AS a;\n", "-jar", JAR.toString());
    assertThat(run).isEqualTo(new Run(0, "a\n--\n" + beyond + "\n", ""));
    Run failed = javaReading("SELECT 1 AS a;\nSELECT nix;\nSELECT 2", "-jar", JAR.toString());
    assertThat(failed.status()).isEqualTo(1);
    assertThat(failed.out()).isEqualTo("a\n-\n1\n");
    assertThat(failed.err()).startsWith("error: [42703]").hasLineCount(1);
  }

  @Test
  void opensAShell() throws Exception {
    Run run =
        shell(
            "\\?\nSELECT 41 + 1;\n\\nix\n\\d rightbrain.task_runs\nhelp\nexit\nSELECT 5 * 11;\n",
            "-Dturntable.terminals=4");
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out().split("Statements to try", -1)).hasSize(3);
    assertThat(run.out()).contains("42").containsPattern("(?m)^task_revision_id +\\| VARCHAR");
    assertThat(run.err())
        .contains("Turntable 0.1.0", "\\nix is no command; \\? shows those there are");
    assertThat(run.out() + run.err()).doesNotContain("WARN", "55");
  }

  /** What is wider than the terminal is wrapped, and the requests are told. */
  @Test
  void theShellFitsTheTerminal() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("three.sql"),
            "SELECT id, REPEAT(title, 99) AS titles, url FROM tasks LIMIT 3; SELECT 1; SELECT nix FROM tasks;"
                + " SELECT 5 * 11");
    Run run =
        shell(
            "\\set pager off\n\\i "
                + file
                + "\n\\set format csv\nSELECT 1 AS csv,\n 2 AS b;\n\\i no-file\n!tables\n\\q\n",
            "-Dturntable.terminals=7");
    assertThat(run.out()).contains("titles", "csv,b").doesNotContain("…", "55");
    // Eighty cells without a terminal, else those of the one that the tests run in.
    assertThat(run.out().lines()).allMatch(line -> line.length() < 999);
    assertThat(run.err())
        .contains("3 rows, 6 requests, ", file + ":1:82: error: [42703] Column 'nix'")
        .contains("1 row, 0 requests", "cannot read no-file", "commands begin with a backslash")
        .doesNotContain("\tat ");
  }

  private Run shell(String input, String... options) throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of(options));
    arguments.addAll(List.of("-Duser.home=" + folder, "-jar", JAR.toString()));
    return javaReading(input, arguments.toArray(String[]::new));
  }
}
