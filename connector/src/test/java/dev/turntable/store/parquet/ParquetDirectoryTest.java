package dev.turntable.store.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turntable.source.ErrorKind;
import dev.turntable.source.TurntableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A directory has one writer at a time, and what others left in it goes away. */
final class ParquetDirectoryTest {
  private static final String DAY = "service=s/table=t/day=2026-05-01/";

  @TempDir Path temp;

  private Path path() {
    return temp.resolve("parquet");
  }

  private Path spilled(String text) throws IOException {
    return Files.writeString(temp.resolve("spilled"), text);
  }

  @Test
  void aSecondWriterIsRefused() {
    try (ParquetDirectory directory = ParquetDirectory.take(path())) {
      assertThat(directory.path()).isEqualTo(path());
      assertThatThrownBy(() -> ParquetDirectory.take(path().resolve("../parquet")))
          .isInstanceOfSatisfying(
              TurntableException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.STORE_BUSY))
          .hasMessage("another sync is writing to " + path() + "; let it end first");
    }
    ParquetDirectory.take(path()).close();
  }

  @Test
  void nothingIsSeenBeforeItIsPublished() throws IOException {
    try (ParquetDirectory directory = ParquetDirectory.take(path())) {
      directory.add(spilled("one"), DAY + "part-a-0.parquet");
      assertThat(path().resolve(DAY + "part-a-0.parquet")).doesNotExist();
      assertThat(directory.manifest()).isNull();

      directory.publish(List.of(DAY + "part-a-0.parquet"), "{}", List.of(DAY + "part-a-0.parquet"));

      assertThat(path().resolve(DAY + "part-a-0.parquet")).hasContent("one");
      assertThat(directory.manifest()).isEqualTo("{}");
    }
  }

  /** Files of others, and what is named, stay. */
  @Test
  void whatTheManifestDoesNotNameIsRemoved() throws IOException {
    try (ParquetDirectory directory = ParquetDirectory.take(path())) {
      directory.add(spilled("one"), DAY + "part-a-0.parquet");
      directory.publish(List.of(DAY + "part-a-0.parquet"), "{}", List.of(DAY + "part-a-0.parquet"));
      Path note = Files.writeString(path().resolve(DAY + "note.txt"), "mine");
      directory.add(spilled("two"), DAY + "part-b-0.parquet");
      directory.add(spilled("never shown"), DAY.replace("01", "02") + "part-b-1.parquet");

      directory.publish(
          List.of(DAY + "part-b-0.parquet"), "{ }", List.of(DAY + "part-b-0.parquet"));

      assertThat(path().resolve(DAY).toFile().list())
          .containsExactlyInAnyOrder("part-b-0.parquet", "note.txt");
      assertThat(note).hasContent("mine");
      assertThat(path().resolve(DAY.replace("01", "02"))).doesNotExist();
    }
  }
}
