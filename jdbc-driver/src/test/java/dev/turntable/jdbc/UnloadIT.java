package dev.turntable.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar in class loaders that are thrown away, as an application server does with its modules. */
class UnloadIT {
  /** As promised: 60 s are those of Okio's watchdog, which no setting shortens. */
  private static final String SECONDS = "75";

  private static final String LOADS = System.getProperty("turntable.loads", "10");

  @TempDir Path folder;

  @Test
  void nothingIsLeftOfADriverThatWasClosedAndDeregistered() throws Exception {
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    ProcessBuilder java =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1", // it lives for seconds
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("turntable.probe"),
            UnloadProbe.class.getName(),
            System.getProperty("turntable.jar"),
            System.getProperty("turntable.probe"),
            LOADS,
            SECONDS);
    java.environment().keySet().removeIf(name -> name.matches("(HANDINGER|RB|TURNTABLE)_.*"));
    int status = java.redirectOutput(out.toFile()).redirectError(err.toFile()).start().waitFor();
    assertThat(Files.readString(err)).isEmpty();
    assertThat(Files.readString(out).lines()).first().isEqualTo(LOADS + " loads, 0 left");
    assertThat(status).isZero();
  }
}
