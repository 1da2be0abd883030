package dev.turntable.examples.slow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The Python package passes its own tests: DB-API, pandas, SQLAlchemy, notebooks. */
final class PythonPackageTest {
  @Test
  void passesItsTests() throws IOException, InterruptedException {
    String said =
        Program.run(
            Places.example("python"),
            PythonPackage.installed(),
            Places.PYTHON,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider");
    assertThat(said).containsPattern("\\d+ passed").doesNotContain("skipped", "xfailed");
  }
}
