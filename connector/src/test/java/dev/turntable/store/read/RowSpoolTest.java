package dev.turntable.store.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turntable.store.file.StorePaths;
import dev.turntable.store.table.StoredRow;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that wait on the disk for their reader. */
final class RowSpoolTest {
  @TempDir Path temp;

  private RowSpool open() throws IOException {
    Path directory = Files.createDirectories(temp.resolve("store"));
    return new RowSpool(new StorePaths(directory));
  }

  private static StoredRow row(Object... values) {
    return new StoredRow(Arrays.asList(values));
  }

  @Test
  void valuesOfEveryTypeComeBackInTheirOrder() throws IOException {
    List<StoredRow> rows =
        List.of(
            row("", "tést 🙂\n", null),
            row(true, false, null),
            row(Integer.MIN_VALUE, Integer.MAX_VALUE, 0),
            row(Long.MIN_VALUE, Long.MAX_VALUE, -1L),
            row(-0.0, Double.MIN_VALUE, 1e300),
            row(new BigDecimal("0.00"), new BigDecimal("-1E+30"), BigDecimal.TEN),
            row(Instant.parse("2026-05-11T09:14:48.123456Z"), Instant.EPOCH, null));
    try (RowSpool spool = open()) {
      for (StoredRow each : rows) {
        spool.write(each);
      }
      assertThat(spool.read(3, 3)).isEqualTo(rows.subList(0, 3));
      assertThat(spool.read(4, 3)).isEqualTo(rows.subList(3, 7));
    }
  }

  @Test
  void valuesOfOtherTypesAreNotTaken() throws IOException {
    try (RowSpool spool = open()) {
      assertThatThrownBy(() -> spool.write(row(new int[0])))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("a value of class");
    }
  }

  @Test
  void aClosedOneLeavesNothing() throws IOException {
    RowSpool spool = open();
    spool.write(row("a"));
    spool.close();
    spool.close();
    try (Stream<Path> files = Files.list(temp.resolve("store").resolve("tmp"))) {
      assertThat(files).isEmpty();
    }
    assertThatThrownBy(() -> spool.read(1, 1)).isInstanceOf(IOException.class);
  }
}
