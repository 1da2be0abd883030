package dev.turntable.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turntable.plan.Bench.Result;
import dev.turntable.simulator.SimulatorOptions;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.TurntableException;
import dev.turntable.store.file.Stores;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong with a store: statements go live and say so, or fail; none is answered wrongly. */
final class StoreFaultsTest {
  private final Bench bench =
      Bench.handinger(SimulatorOptions.builder().tasks(3).workers(1).executions(2).build());

  @TempDir Path temp;

  @AfterEach
  void close() {
    bench.close();
  }

  private Path store() {
    return temp.resolve("store");
  }

  private String all() {
    return String.join(",", bench.taskIds());
  }

  private String one() {
    return "SELECT id FROM tasks WHERE id = '" + bench.taskIds().get(0) + "'";
  }

  private void isNoStore(String because) {
    assertThatThrownBy(() -> bench.store(store()))
        .isInstanceOfSatisfying(
            TurntableException.class,
            failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.STORE_DAMAGED))
        .hasMessageContaining(because);
  }

  @Test
  void aFileInThePlaceOfTheDirectoryIsNoStore() throws Exception {
    Files.writeString(store(), "dear");

    isNoStore("the store " + store());
    assertThat(store()).hasContent("dear");
  }

  @Test
  void alienFilesAreNotFollowed() throws Exception {
    Path elsewhere = Files.writeString(temp.resolve("elsewhere"), "dear");
    bench.store(store());
    bench.sql(one()).rows();
    Stores.letGo(store());
    Files.delete(store().resolve("turntable.duckdb"));
    Files.createSymbolicLink(store().resolve("turntable.duckdb"), elsewhere);

    isNoStore("made by something else");
    assertThat(elsewhere).hasContent("dear");
  }

  /** As on a full or read-only disk: nothing can be made in it, whoever asks. */
  @Test
  void whereNothingCanBeMadeReadsGoLiveAndWritesAreNotSent() throws Exception {
    bench.store(store(), "maxAge", "3600", "taskIds", all());
    bench.sql(one()).rows().sent(1);
    Stores.letGo(store());
    Files.delete(store().resolve("turntable.duckdb"));
    try (Stream<Path> files = Files.walk(store().resolve("tmp"))) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
    Files.writeString(store().resolve("tmp"), "in the way");

    Result live =
        bench.sql("SELECT url FROM tasks WHERE id = '" + bench.taskIds().get(1) + "'").rows();

    live.sent(1).hasRows(1);
    assertThat(live.warnings()).anyMatch(text -> text.contains("the store cannot be read"));
    bench.sql("SELECT id FROM tasks").fails(ErrorKind.STORE_DAMAGED);
    bench
        .sql("DELETE FROM tasks WHERE id = '" + bench.taskIds().get(0) + "'")
        .refused(ErrorKind.STORE_DAMAGED);
  }

  @Test
  void whatSeemsToComeFromTheFutureIsAskedForAgain() {
    bench.store(store(), "maxAge", "3600", "taskIds", all());
    bench.sql(one()).rows().sent(1);
    bench.sql(one()).rows().sent(0);
    Stores.age(store(), Duration.ofHours(-2)); // as after the clock was set back

    bench.sql(one()).rows().sent(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM read_text('/etc/passwd')",
        "SELECT * FROM TABLE(read_text('/etc/passwd'))",
        "SELECT getenv('HOME')",
        "SELECT * FROM duckdb_secrets()",
        "SELECT * FROM \"rows handinger.tasks\"",
        "ATTACH '/tmp/x' AS x",
        "COPY tasks TO '/tmp/x'",
        "INSTALL httpfs",
        "PRAGMA database_list"
      })
  void noStatementReachesDuckDb(String sql) {
    bench.store(store(), "maxAge", "3600", "taskIds", all());
    bench.sql("SELECT id FROM tasks").rows();

    assertThatThrownBy(() -> bench.sql(sql).rows())
        .isInstanceOfSatisfying(
            TurntableException.class,
            failure -> assertThat(failure.kind().sqlState()).matches("42...|0A000"));
  }
}
