package dev.turntable.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullMarked;

/** Runs programs, above all Java's, in an environment that names no service and no locale. */
@NullMarked
public final class Program {
  /** The driver's jar. */
  public static final Path JAR = Path.of(System.getProperty("turntable.jar", ""));

  /** Java, for processes that live for seconds. */
  public static final List<String> JAVA =
      List.of(tool("java").toString(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  private final Path folder;
  private final Map<String, String> environment;

  private Program(Path folder, Map<String, String> environment) {
    this.folder = folder;
    this.environment = environment;
  }

  /** What a run gave. */
  public record Run(int status, String out, String err) {}

  /** Returns what runs programs, and keeps what they read and print in the folder. */
  public static Program in(Path folder) {
    return new Program(folder, Map.of());
  }

  /** Returns one whose environment has these variables, too. */
  public Program with(Map<String, String> variables) {
    return new Program(folder, variables);
  }

  /** Returns a program of the JDK that runs this. */
  public static Path tool(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name);
  }

  /** Returns Java for the driver's jar, whose classes come from an archive, in half the time. */
  public List<String> javaForTheJar() throws IOException, InterruptedException {
    Path archive = JAR.resolveSibling("tests.jsa");
    List<String> java = new ArrayList<>(JAVA);
    java.add("-Xlog:disable"); // an archive that fits no more is none
    if (!Files.exists(archive)
        || Files.getLastModifiedTime(archive).compareTo(Files.getLastModifiedTime(JAR)) < 0) {
      Path made = Files.createTempFile(JAR.getParent(), "tests", ".jsa");
      List<String> command = new ArrayList<>(java);
      command.add("-XX:ArchiveClassesAtExit=" + made);
      command.addAll(List.of("-jar", JAR.toString(), "-e", "SELECT COUNT(*) FROM tasks"));
      Run run = run(command);
      assertThat(run.status()).as(run.err()).isZero();
      Files.move(made, archive, ATOMIC_MOVE); // another JVM of the tests may have made one
    }
    java.add("-XX:SharedArchiveFile=" + archive);
    return java;
  }

  public Run run(List<String> command) throws IOException, InterruptedException {
    return run("", command);
  }

  /** Runs a program that reads the text, and waits for its end. */
  public Run run(String input, List<String> command) throws IOException, InterruptedException {
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectInput(Files.writeString(folder.resolve("in"), input).toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    Map<String, String> variables = builder.environment();
    variables
        .keySet()
        .removeIf(name -> name.matches("(HANDINGER|RB|TURNTABLE)_.*|LANG|LANGUAGE|LC_.*"));
    variables.putAll(environment);
    int status = builder.start().waitFor();
    return new Run(status, Files.readString(out, UTF_8), Files.readString(err, UTF_8));
  }
}
