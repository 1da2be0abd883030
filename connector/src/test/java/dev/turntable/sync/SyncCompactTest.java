package dev.turntable.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turntable.Until;
import dev.turntable.plan.Bench;
import dev.turntable.simulator.rightbrain.RightbrainOptions;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.TurntableException;
import dev.turntable.store.file.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of a store is made smaller, and has the same rows. */
final class SyncCompactTest {
  private static final int KILLS = Integer.getInteger("turntable.kills", 3);
  private static final int RUNS = 900;
  private static final String COUNT = "SELECT COUNT(*), COUNT(DISTINCT id) FROM task_runs";

  private final Bench bench =
      Bench.rightbrain(RightbrainOptions.builder().tasks(3).runsPerTask(RUNS / 3).build());

  @TempDir Path temp;

  @BeforeEach
  void fill() {
    sync().run();
    // So much that a copy takes its time, most of which is then deleted.
    Stores.change(
        store(),
        "CREATE TABLE \"rows x.y\" AS SELECT i, md5(i::VARCHAR) || md5((i + 1)::VARCHAR) AS t FROM"
            + " range(300000) r (i)");
    Stores.letGo(store());
    Stores.change(store(), "DELETE FROM \"rows x.y\" WHERE i >= 50000");
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private Path store() {
    return temp.resolve("store");
  }

  private Path database() {
    return store().resolve("turntable.duckdb");
  }

  private Sync sync(String... more) {
    bench.store(store(), more);
    return new Sync(bench.engine(), SyncOptions.ALL, SyncProgress.NONE);
  }

  private void isAllThere() {
    bench
        .store(store(), "maxAge", "3600", "finalMaxAge", "unlimited")
        .sql(COUNT)
        .rows()
        .sent(0)
        .is(RUNS + " | " + RUNS);
    assertThat(Stores.rows(store(), "SELECT COUNT(*), SUM(i) FROM \"rows x.y\""))
        .containsExactly("50000 | 1249975000");
  }

  @Test
  void itsRoomIsGivenBack() throws IOException {
    bench.simulator().clearRequests();

    SyncReport.Size size = sync().compact();

    assertThat(size.after()).isLessThan(size.before() / 2).isEqualTo(Files.size(database()));
    assertThat(bench.simulator().requests()).isEmpty();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(database())))
        .isEqualTo("rw-------");
    isAllThere();
    assertThat(sync().compact().after()).isLessThanOrEqualTo(size.after());
  }

  @Test
  void whoHasTheStoreIsWaitedFor() throws IOException {
    Stores.letGo(store());
    long before = Files.size(database());

    Stores.whileTaken(
        store(),
        () ->
            assertThatThrownBy(() -> sync("storeWait", "0").compact())
                .isInstanceOfSatisfying(
                    TurntableException.class,
                    e -> assertThat(e.kind()).isEqualTo(ErrorKind.STORE_BUSY)));

    assertThat(Files.size(database())).isEqualTo(before);
    isAllThere();
  }

  /** The store is the old file or the new one. */
  @Test
  void whatEndsItLosesNothing() throws Exception {
    Stores.letGo(store());
    Random random = new Random(20_261_203);
    Path copy = store().resolve("turntable.duckdb.copy");
    for (int i = 0; i < KILLS; i++) {
      Process process = process();
      Until.holds("the copy begins", () -> Files.exists(copy) || !process.isAlive());
      process.waitFor(random.nextInt(400), TimeUnit.MILLISECONDS);
      process.destroyForcibly().waitFor();
      isAllThere();
      assertThat(copy).doesNotExist();
      Stores.letGo(store());
    }
    assertThat(process().waitFor()).isZero();
    isAllThere();
  }

  private Process process() throws IOException {
    return SyncProcess.start(bench.simulator(), store(), temp.resolve("said"), "compact=true");
  }
}
