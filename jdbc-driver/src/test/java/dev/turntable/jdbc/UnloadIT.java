package dev.turntable.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.jdbc.Program.Run;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
    List<String> command = new ArrayList<>(Program.JAVA);
    String probe = System.getProperty("turntable.probe");
    command.addAll(List.of("-cp", probe, UnloadProbe.class.getName()));
    command.addAll(List.of(Program.JAR.toString(), probe, LOADS, SECONDS));
    Run run = Program.in(folder).run(command);
    assertThat(run.err()).isEmpty();
    assertThat(run.out().lines()).first().isEqualTo(LOADS + " loads, 0 left");
    assertThat(run.status()).isZero();
  }
}
