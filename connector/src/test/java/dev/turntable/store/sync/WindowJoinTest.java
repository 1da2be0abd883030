package dev.turntable.store.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.store.file.StoreFile;
import dev.turntable.store.file.Stores;
import dev.turntable.store.file.Waiting;
import dev.turntable.store.table.TimeSpan;
import dev.turntable.store.table.Window;
import dev.turntable.store.table.WindowTable;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which spans of a history become one. */
final class WindowJoinTest {
  private static final Waiting PATIENT = Waiting.patient(Duration.ofSeconds(30));

  @TempDir Path temp;
  private StoreFile file;

  @BeforeEach
  void open() {
    file = StoreFile.of(Stores.at(temp.resolve("store")));
  }

  private static Instant at(int hour) {
    return Instant.parse("2026-05-11T00:00:00Z").plus(Duration.ofHours(hour));
  }

  /** A span that has settled, unless it says up to when. */
  private static Window window(int from, int to, int readAt, int... settledTo) {
    return new Window(
        new TimeSpan(at(from), at(to)),
        at(readAt),
        at(settledTo.length == 0 ? 1_000 : settledTo[0]));
  }

  /** Returns what is left of some windows, of as many rows each, and how many rows they have. */
  private List<Window> joined(int since, Window... windows) {
    return file.write(
        PATIENT,
        connection -> {
          WindowTable table = WindowTable.of(connection, 7, "s.t", "list");
          for (Window each : table.all()) {
            table.remove(each);
          }
          WindowTable other = WindowTable.of(connection, 8, "s.t", "list");
          for (int i = 0; i < windows.length; i++) {
            table.add(windows[i], 10 + i);
            other.add(windows[i], 10 + i);
          }
          new WindowJoin(table).run(at(since));
          assertThat(other.all()).hasSizeGreaterThanOrEqualTo(windows.length);
          return table.all();
        });
  }

  @Test
  void thoseThatFollowEachOther() {
    assertThat(joined(100, window(0, 2, 102), window(2, 4, 101), window(4, 5, 103)))
        .containsExactly(window(0, 5, 101));
    assertThat(
            Stores.rows(temp.resolve("store"), "SELECT row_count FROM windows WHERE account = 7"))
        .containsExactly("33");
  }

  @Test
  void thoseThatOverlap() {
    assertThat(joined(100, window(0, 3, 102), window(2, 4, 101)))
        .containsExactly(window(0, 4, 101));
  }

  @Test
  void notAcrossAGap() {
    assertThat(joined(100, window(0, 2, 100), window(3, 4, 100), window(4, 5, 100)))
        .containsExactly(window(0, 2, 100), window(3, 5, 100));
  }

  @Test
  void notThoseThatWereReadBefore() {
    assertThat(joined(100, window(0, 2, 99), window(2, 4, 100), window(4, 5, 100)))
        .containsExactly(window(0, 2, 99), window(2, 5, 100));
  }

  /** Of what has not settled, a later one may say more. */
  @Test
  void nothingBehindWhatHasNotSettled() {
    assertThat(joined(100, window(0, 2, 100, 1), window(2, 4, 100)))
        .containsExactly(window(0, 2, 100, 1), window(2, 4, 100));
    assertThat(joined(100, window(0, 2, 100), window(2, 4, 100, 3)))
        .containsExactly(window(0, 4, 100, 3));
  }

  @Test
  void oneAloneOrNone() {
    assertThat(joined(100)).isEmpty();
    assertThat(joined(100, window(0, 2, 100))).containsExactly(window(0, 2, 100));
  }
}
