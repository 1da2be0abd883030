package dev.turntable.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.Until;
import dev.turntable.plan.Bench;
import dev.turntable.simulator.rightbrain.RightbrainOptions;
import dev.turntable.store.file.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that writes a store as Parquet is killed again and again, while all its rows change; who reads
 * what the manifest names sees each day, whole and once, at every moment.
 */
final class SyncParquetKillsTest {
  private static final int KILLS = Integer.getInteger("turntable.kills", 3);
  private static final int RUNS = 600;

  /** The last hour is read again each time, and not as the test has changed it. */
  private static final String ROUNDS =
      "COUNT(DISTINCT CASE WHEN created < TIMESTAMP '2026-07-19 00:00:00' THEN reference END)";

  private final Bench bench =
      Bench.rightbrain(RightbrainOptions.builder().tasks(3).runsPerTask(RUNS / 3).build());

  /** What a reader saw that it should not have seen. */
  private final AtomicReference<Throwable> seen = new AtomicReference<>();

  private final AtomicBoolean over = new AtomicBoolean();

  @TempDir Path temp;

  @AfterEach
  void close() {
    bench.close();
  }

  private Path directory() {
    return temp.resolve("parquet");
  }

  private Path store() {
    return temp.resolve("store");
  }

  @Test
  void aReaderAlwaysSeesWholeDaysOnce() throws Exception {
    assertThat(process().waitFor()).isZero();
    change(-1);
    assertThat(process().waitFor()).isZero();
    int days = days();
    assertThat(days).isGreaterThan(10);
    Random random = new Random(20_261_202);
    Thread reader = new Thread(this::readOn, "reader");
    reader.start();
    for (int i = 0; i < KILLS; i++) {
      change(i);
      String before = manifest();
      int moment = random.nextInt(days + days / 2);
      Process process = process();
      Until.holds(
          "files are written",
          () ->
              drafts() >= Math.min(moment, days)
                  || !manifest().equals(before)
                  || !process.isAlive());
      if (moment > days) {
        // Between the last file and the end.
        process.waitFor(random.nextInt(8), java.util.concurrent.TimeUnit.MILLISECONDS);
      }
      process.destroyForcibly().waitFor();
      read();
    }
    over.set(true);
    reader.join();
    assertThat(seen.get()).isNull();

    change(KILLS);
    assertThat(process().waitFor()).isZero();
    try (ParquetReader parquet = new ParquetReader(directory())) {
      String all = "SELECT COUNT(*), COUNT(DISTINCT id), " + ROUNDS + " FROM ";
      assertThat(parquet.query(all + parquet.files("task_runs")))
          .containsExactly(RUNS + " | " + RUNS + " | 1");
    }
    assertThat(drafts()).isZero();
    assertThat(store().resolve("tmp").toFile().list((any, name) -> name.startsWith("parquet")))
        .isEmpty();
  }

  private void change(int round) {
    Stores.change(
        store(),
        "UPDATE \"rows rightbrain.task_runs\" SET _hash = _hash + 1, reference = 'round "
            + round
            + "'");
    Stores.letGo(store());
  }

  private void readOn() {
    while (!over.get() && seen.get() == null) {
      try {
        read();
      } catch (Exception | AssertionError e) {
        seen.compareAndSet(null, e);
      }
    }
  }

  private void read() throws IOException, SQLException {
    String manifest = manifest();
    try (ParquetReader parquet = new ParquetReader(directory())) {
      List<String> days =
          parquet.query(
              "SELECT COUNT(*), COUNT(DISTINCT id), "
                  + ROUNDS
                  + " FROM "
                  + parquet.table("task_runs")
                  + " GROUP BY day");
      assertThat(days).allMatch(day -> day.matches("(\\d+) \\| \\1 \\| [01]"));
      assertThat(days.stream().mapToInt(day -> Integer.parseInt(day.split(" ")[0])).sum())
          .isEqualTo(RUNS);
    } catch (NoSuchFileException | SQLException e) {
      // The files of a list that has been replaced may be gone; then the new one tells.
      if (manifest().equals(manifest)) {
        throw e;
      }
    }
  }

  private String manifest() {
    try {
      return Files.readString(directory().resolve("_manifest.json"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private int days() throws SQLException {
    try (ParquetReader parquet = new ParquetReader(directory())) {
      return parquet.query("SELECT DISTINCT day FROM " + parquet.files("task_runs")).size();
    }
  }

  private int drafts() {
    try (Stream<Path> files = Files.walk(directory())) {
      return (int) files.filter(file -> file.toString().endsWith(".parquet.tmp")).count();
    } catch (IOException | java.io.UncheckedIOException e) {
      return 0; // a file went away meanwhile
    }
  }

  private Process process() throws Exception {
    return SyncProcess.start(
        bench.simulator(), store(), temp.resolve("said"), "parquet=" + directory());
  }
}
