package dev.turntable.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.engine.Engine;
import dev.turntable.engine.PreparedSql;
import dev.turntable.engine.RowCursor;
import dev.turntable.simulator.SimulatorOptions;
import dev.turntable.source.StatementScope;
import dev.turntable.store.file.Stores;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A statement that is still read when others work with the store: each look-up is whole by itself, of one
 * moment, and nothing is there twice or missing.
 */
final class StoreMomentsTest {
  /** Reads all turns at once, and then their tasks batch by batch. */
  private static final String JOIN =
      "SELECT t.id, u.id, u.seq FROM tasks t JOIN turns u ON u.task_id = t.id WHERE UPPER(t.id) <> ''";

  private final Bench bench = Bench.handinger(SimulatorOptions.builder().tasks(40).build());

  @TempDir Path temp;

  @AfterEach
  void close() {
    bench.close();
  }

  private Path store() {
    return temp.resolve("store");
  }

  private void open() {
    bench.store(store(), "maxAge", "3600", "taskIds", String.join(",", bench.taskIds()));
  }

  /** All but one task, so that something is asked for, or else the store answers all of it at once. */
  private List<String> fill() {
    List<String> all = bench.taskIds();
    bench.store(store(), "taskIds", String.join(",", all.subList(1, all.size())));
    bench.sql(JOIN).rows();
    List<String> live =
        bench.connect(Map.of("taskIds", String.join(",", all))).sql(JOIN).rows().rows();
    open();
    return live;
  }

  /** Reads a row, lets others work with the store, and reads the others. */
  private List<String> interrupted(Runnable others) {
    List<String> rows = new ArrayList<>();
    Engine reading = bench.engine();
    try (StatementScope scope = reading.newStatement(JOIN, Duration.ZERO)) {
      PreparedSql prepared = reading.prepare(JOIN, reading.defaultSchema(), scope);
      try (RowCursor cursor = prepared.query(List.of(), 0, scope)) {
        read(cursor, rows, 1);
        Stores.whileTaken(store(), () -> {});
        open();
        others.run();
        read(cursor, rows, Integer.MAX_VALUE);
      }
    }
    return rows;
  }

  private static void read(RowCursor cursor, List<String> rows, int most) {
    for (int i = 0; i < most && cursor.next(); i++) {
      rows.add(cursor.value(0) + " | " + cursor.value(1) + " | " + cursor.value(2));
    }
  }

  @Test
  void whatIsWrittenMeanwhileTearsNothing() {
    List<String> live = fill();

    List<String> rows =
        interrupted(
            () ->
                bench
                    .sql(
                        bench.taskIds().stream()
                            .map(id -> "('" + id + "', 'more')")
                            .collect(
                                Collectors.joining(
                                    ", ", "INSERT INTO turns (task_id, input) VALUES ", "")))
                    .update());

    assertThat(rows).containsExactlyInAnyOrderElementsOf(live);
  }

  @Test
  void whatIsReadAgainMeanwhileIsThereOnce() {
    List<String> live = fill();

    List<String> rows =
        interrupted(
            () -> {
              bench.store(store(), "taskIds", String.join(",", bench.taskIds()));
              bench.sql(JOIN).rows();
            });

    assertThat(rows).containsExactlyInAnyOrderElementsOf(live);
  }

  @Test
  void whatIsForgottenMeanwhileIsNotMissing() {
    List<String> live = fill();

    List<String> rows =
        interrupted(() -> Stores.change(store(), "DELETE FROM \"rows handinger.tasks\""));

    assertThat(rows).containsExactlyInAnyOrderElementsOf(live);
  }
}
