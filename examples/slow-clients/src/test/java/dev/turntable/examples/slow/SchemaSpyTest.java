package dev.turntable.examples.slow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SchemaSpy's pages of the schema, which need the whole of the metadata. */
final class SchemaSpyTest {
  @TempDir Path folder;

  @Test
  void describesTheTables() throws IOException, InterruptedException {
    Path pages = Places.RESULTS.resolve("schemaspy");
    try (Service service = Service.start()) {
      Path type =
          Files.writeString(
              folder.resolve("turntable.properties"),
              """
              dbms=Turntable
              description=Turntable
              driver=dev.turntable.jdbc.TurntableDriver
              connectionSpec=<url>
              """);
      String said =
          Program.run(
              folder,
              service.environment(),
              Places.java(),
              "-jar",
              Path.of("target", "schemaspy.jar").toAbsolutePath().toString(),
              "-t",
              type.toString(),
              "-dp",
              Places.DRIVER.toString(),
              "-url",
              service.url(),
              "-sso",
              "-cat",
              "%",
              "-s",
              "handinger",
              "-db",
              "Turntable",
              "-imageformat",
              "svg",
              "-norows",
              "-o",
              pages.toString());
      assertThat(said.lines().filter(line -> !line.contains(" - dot ")))
          .noneMatch(line -> line.matches(".*(ERROR|WARN|Exception).*"));
      assertThat(service.requests()).isEmpty();
    }
    assertThat(Files.readString(pages.resolve("tables/tasks.html")))
        .contains("created_at", "TIMESTAMP", "duration_ms", "BIGINT");
    assertThat(pages.resolve("diagrams/summary/relationships.real.large.svg")).isNotEmptyFile();
  }
}
