package dev.turntable.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.engine.PreparedSql;
import dev.turntable.engine.RowCursor;
import dev.turntable.simulator.rightbrain.RightbrainOptions;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.StatementScope;
import dev.turntable.store.file.Stores;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A statement reads one moment of the store, and lets other processes have the file while it is read. */
final class StoreSharingTest {
  private static final int RUNS = 5_000;
  private static final String ALL = "SELECT id, input, charged_credits, created FROM task_runs";

  private final Bench bench =
      Bench.rightbrain(
          RightbrainOptions.builder().tasks(1).runsPerTask(RUNS).span(Duration.ofDays(9)).build());

  @TempDir Path temp;

  private List<String> all = List.of();

  @BeforeEach
  void fill() {
    bench.store(store(), "maxAge", "3600", "storeWait", "1");
    all = bench.sql(ALL).rows().hasRows(RUNS).rows();
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private Path store() {
    return temp.resolve("store");
  }

  private interface Reading {
    void read(Reader reader) throws Exception;
  }

  /** A result that is read step by step. */
  private final class Reader {
    private final RowCursor cursor;
    private final StatementScope scope;
    private final int columns;
    private final List<String> rows = new ArrayList<>();

    Reader(RowCursor cursor, int columns, StatementScope scope) {
      this.cursor = cursor;
      this.columns = columns;
      this.scope = scope;
    }

    void read(int more) {
      for (int i = 0; i < more && cursor.next(); i++) {
        List<String> row = new ArrayList<>();
        for (int column = 0; column < columns; column++) {
          row.add(String.valueOf(cursor.value(column)));
        }
        rows.add(String.join(" | ", row));
      }
    }
  }

  private void reading(String sql, Reading reading) throws Exception {
    try (StatementScope scope = bench.engine().newStatement(sql, Duration.ZERO)) {
      PreparedSql prepared = bench.engine().prepare(sql, bench.engine().defaultSchema(), scope);
      try (RowCursor cursor = prepared.query(List.of(), 0, scope)) {
        reading.read(new Reader(cursor, prepared.columns().size(), scope));
      }
    }
  }

  @Test
  void aHalfReadResultLetsAnotherProcessHaveTheFile() throws Exception {
    reading(
        ALL,
        reader -> {
          reader.read(10);
          Stores.whileTaken(store(), () -> reader.read(RUNS));
          assertThat(reader.rows).containsExactlyInAnyOrderElementsOf(all);
          assertThat(reader.scope.requestCount()).isZero();
        });
  }

  @Test
  void whatIsSpooledIsGoneWithTheStatement() throws Exception {
    reading(
        ALL,
        reader -> {
          reader.read(10);
          Stores.whileTaken(store(), () -> {});
          for (Path spool : Stores.spools(store())) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(spool)))
                .isEqualTo("rw-------");
          }
        });
    assertThat(Stores.spools(store())).isEmpty();
  }

  @Test
  void allScansOfAStatementSeeOneMoment() throws Exception {
    long begin = System.nanoTime();
    reading(
        "SELECT id FROM task_runs WHERE NOT is_error UNION ALL SELECT id FROM task_runs WHERE is_error",
        reader -> {
          reader.read(10);
          Stores.change(store(), "DELETE FROM \"rows rightbrain.task_runs\"");
          reader.read(RUNS);
          assertThat(reader.rows).hasSize(RUNS).doesNotHaveDuplicates();
          if (System.nanoTime() - begin < 800_000_000L) {
            assertThat(reader.scope.requestCount()).isZero();
          }
        });
  }

  @Test
  void explainWaitsForNobody() {
    assertThat(bench.sql(ALL).explain()).contains("store: 5000 rows");
    Stores.letGo(store());
    Stores.whileTaken(
        store(),
        () -> {
          long begin = System.nanoTime();
          assertThat(bench.sql(ALL).explain()).contains("GET").doesNotContain("store:");
          assertThat(Duration.ofNanos(System.nanoTime() - begin))
              .isLessThan(Duration.ofMillis(900));
        });
  }

  @Test
  void whoWaitsInVainAsksTheServiceAndSaysSo() {
    Stores.letGo(store());
    Stores.whileTaken(
        store(),
        () -> {
          Bench.Result live = bench.sql("SELECT COUNT(*) FROM task_runs").rows().is("" + RUNS);
          assertThat(live.requests()).isNotEmpty();
          assertThat(live.warnings())
              .anyMatch(
                  text -> text.contains("the store cannot be read") && text.contains("in use by"));
        });
  }

  @Test
  void aStatementThatIsCancelledLetsGo() throws Exception {
    reading(
        ALL,
        reader -> {
          reader.read(10);
          reader.scope.cancel();
          Stores.whileTaken(store(), () -> {});
          assertThat(
                  org.assertj.core.api.Assertions.catchThrowableOfType(
                          dev.turntable.source.TurntableException.class, () -> reader.read(RUNS))
                      .kind())
              .isEqualTo(ErrorKind.CANCELLED);
        });
  }
}
