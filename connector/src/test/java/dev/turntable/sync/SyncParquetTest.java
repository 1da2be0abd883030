package dev.turntable.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turntable.plan.Bench;
import dev.turntable.simulator.SimulatorOptions;
import dev.turntable.simulator.rightbrain.RightbrainOptions;
import dev.turntable.store.file.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a store has, written as Parquet: others read the same rows, and only what changed is written. */
final class SyncParquetTest {
  private static final String COUNTS =
      "COUNT(*), COUNT(DISTINCT id), SUM(total_tokens), SUM(charged_credits)";

  @TempDir Path temp;

  /** Of the connections that are opened. */
  private final List<String> properties = new ArrayList<>();

  private Bench bench;
  private ParquetReader parquet;

  @BeforeEach
  void reader() throws SQLException {
    parquet = new ParquetReader(directory());
  }

  @AfterEach
  void close() throws SQLException {
    parquet.close();
    bench.close();
  }

  private Path directory() {
    return temp.resolve("parquet");
  }

  private void rightbrain() {
    bench = Bench.rightbrain(RightbrainOptions.builder().tasks(3).runsPerTask(100).build());
  }

  private SyncReport.Parquet write(SyncOptions options) {
    bench.store(temp.resolve("store"), properties.toArray(String[]::new));
    Sync sync = new Sync(bench.engine(), options, SyncProgress.NONE);
    sync.run();
    return sync.writeParquet(directory());
  }

  private SyncReport.Parquet write() {
    return write(SyncOptions.ALL);
  }

  private List<String> stored(String sql) {
    List<String> all = new ArrayList<>(properties);
    all.addAll(List.of("maxAge", "3600", "finalMaxAge", "unlimited"));
    return bench
        .store(temp.resolve("store"), all.toArray(String[]::new))
        .sql(sql)
        .rows()
        .sent(0)
        .rows();
  }

  private List<String> days() throws SQLException {
    return parquet.query(
        "SELECT DISTINCT day::VARCHAR FROM " + parquet.files("task_runs") + " ORDER BY 1");
  }

  @Test
  void othersReadTheSameRows() throws Exception {
    rightbrain();

    SyncReport.Parquet report = write();

    assertThat(report.rows()).isGreaterThanOrEqualTo(303);
    assertThat(report.unchanged()).isZero();
    List<String> expected = stored("SELECT " + COUNTS + " FROM task_runs");
    assertThat(parquet.query("SELECT " + COUNTS + " FROM " + parquet.table("task_runs")))
        .isEqualTo(expected);
    assertThat(parquet.query("SELECT " + COUNTS + " FROM " + parquet.files("task_runs")))
        .isEqualTo(expected);
    assertThat(
            parquet.query(
                "SELECT day::VARCHAR, COUNT(*), strftime(MIN(created), '%Y-%m-%d %H:%M:%S.%g'),"
                    + " MAX(response) FROM "
                    + parquet.table("task_runs")
                    + " WHERE service = 'rightbrain' GROUP BY 1 ORDER BY 1"))
        .hasSizeGreaterThan(5)
        .isEqualTo(
            stored(
                "SELECT CAST(CAST(created AS DATE) AS VARCHAR), COUNT(*),"
                    + " CAST(MIN(created) AS VARCHAR), MAX(response)"
                    + " FROM task_runs GROUP BY 1 ORDER BY 1"));
    assertThat(
            parquet.query(
                "SELECT typeof(charged_credits), typeof(created), typeof(is_error),"
                    + " typeof(day) FROM "
                    + parquet.table("task_runs")
                    + " LIMIT 1"))
        .containsExactly("DECIMAL(38,6) | TIMESTAMP | BOOLEAN | DATE");
  }

  @Test
  void onlyWhatChangedIsWritten() throws Exception {
    rightbrain();
    long first = write().written();
    String manifest = parquet.manifest();

    assertThat(write()).isEqualTo(new SyncReport.Parquet(0, 0, 0, first));
    assertThat(parquet.manifest()).isEqualTo(manifest);

    bench.simulator().rightbrain().addRun(bench.simulator().rightbrain().taskIds().get(1));
    SyncReport.Parquet second = write();

    assertThat(second.written()).isEqualTo(1);
    assertThat(second.unchanged()).isBetween(first - 1, first);
    assertThat(
            parquet.query("SELECT COUNT(*), COUNT(DISTINCT id) FROM " + parquet.files("task_runs")))
        .containsExactly("301 | 301");
  }

  /** With no empty directory left. */
  @Test
  void aDayThatIsGone() throws Exception {
    rightbrain();
    write();
    List<String> days = days();
    String day = days.get(3);
    Stores.change(
        temp.resolve("store"),
        "DELETE FROM \"rows rightbrain.task_runs\" WHERE CAST(created AS DATE) = DATE '"
            + day
            + "'");

    assertThat(write().removed()).isEqualTo(1);

    assertThat(days()).hasSize(days.size() - 1).doesNotContain(day);
    assertThat(directory().resolve("service=rightbrain/table=task_runs/day=" + day)).doesNotExist();
  }

  /** The rest of the first day was not asked for. */
  @Test
  void aDayThatWasReadInPart() throws Exception {
    rightbrain();
    Instant since = Instant.parse("2026-07-10T12:00:00Z");

    write(new SyncOptions(since, Set.of("task_runs"), false));

    assertThat(days()).first().isEqualTo("2026-07-11");
    assertThat(parquet.manifest()).contains("\"settled_to\":\"2026-07-");

    write();
    assertThat(days()).contains("2026-07-10", "2026-07-09");
  }

  @Test
  void rowsWithoutATime() throws Exception {
    bench =
        Bench.handinger(
            SimulatorOptions.builder()
                .tasks(20)
                .workers(2)
                .executions(6)
                .now(Instant.now())
                .build());
    properties.addAll(
        List.of("workerIds", String.join(",", bench.simulator().handinger().workerIds())));
    write();
    Stores.change(
        temp.resolve("store"),
        "UPDATE \"rows handinger.turns\" SET started_at = NULL, _hash = 1 WHERE seq = 0");

    write();

    String turns = parquet.table("turns");
    assertThat(turns).contains("day=__HIVE_DEFAULT_PARTITION__/");
    // As Hive and Spark write NULL; the DuckDB that reads here is too old to know that.
    assertThat(
            parquet.query(
                "SELECT DISTINCT seq, started_at FROM "
                    + turns
                    + " WHERE day = '__HIVE_DEFAULT_PARTITION__'"))
        .containsExactly("0 | null");
    assertThat(parquet.query("SELECT COUNT(*), SUM(credits) FROM " + parquet.table("tasks")))
        .isEqualTo(stored("SELECT COUNT(*), SUM(credits) FROM tasks"));
  }

  @Test
  void columnsThatAreNotKept() throws Exception {
    rightbrain();
    SyncOptions runs = new SyncOptions(null, Set.of("task_runs"), false);
    write(runs);
    properties.addAll(List.of("storeColumns", "-task_runs.response"));

    assertThat(write(runs).unchanged()).isZero();

    assertThat(
            parquet.query(
                "SELECT column_name FROM (DESCRIBE FROM " + parquet.table("task_runs") + ")"))
        .contains("created", "run_data")
        .doesNotContain("response");
  }

  @Test
  void anotherAccountsDirectoryIsRefused() throws Exception {
    rightbrain();
    write();
    String manifest = parquet.manifest();
    properties.addAll(List.of("storeAccount", "another"));

    assertThatThrownBy(this::write)
        .hasMessageContaining(directory() + " holds what another account of rightbrain may see")
        .hasMessageContaining("name another directory");

    assertThat(parquet.manifest()).isEqualTo(manifest).doesNotContain(RightbrainOptions.KEY);
  }

  @Test
  void aDirectoryOfOtherFilesIsRefused() throws Exception {
    rightbrain();
    Files.createDirectory(directory());
    Path letter = Files.writeString(directory().resolve("letter.txt"), "Dear");

    assertThatThrownBy(this::write)
        .hasMessageContaining(directory() + " holds other files; name a new or empty directory");

    assertThat(directory().toFile().list()).containsExactly(letter.getFileName().toString());
  }

  @Test
  void aManifestThatIsNone() throws Exception {
    rightbrain();
    write();
    Files.writeString(directory().resolve("_manifest.json"), "{\"version\":1,");

    assertThatThrownBy(this::write)
        .hasMessageContaining("_manifest.json cannot be read; name another directory");
  }

  @Test
  void nothingIsReadableByOthers() throws Exception {
    rightbrain();
    write();

    try (Stream<Path> files = Files.walk(directory())) {
      assertThat(files)
          .allMatch(
              file ->
                  permissions(file).equals(Files.isDirectory(file) ? "rwx------" : "rw-------"));
    }
  }

  private static String permissions(Path file) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
