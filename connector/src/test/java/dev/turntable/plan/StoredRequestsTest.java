package dev.turntable.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.plan.Bench.Result;
import dev.turntable.simulator.SimulatorOptions;
import dev.turntable.simulator.handinger.HandingerOptions;
import dev.turntable.store.file.Stores;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code turntable.requests} has of earlier connections to the same account. */
final class StoredRequestsTest {
  private static final String KEY_B = "hnd_key_of_another";

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

  private String read(int task) {
    return "SELECT id FROM tasks /* of Anna */ WHERE id = '" + bench.taskIds().get(task) + "'";
  }

  private static String requests(String columns) {
    return "SELECT " + columns + " FROM turntable.requests";
  }

  @Test
  void thoseOfEarlierConnectionsAreThereWithoutTheirLiterals() {
    String url = bench.simulator().handingerUrl() + "/api/tasks/";
    bench.store(store());
    bench.sql(read(0)).rows().sent(1);
    bench.sql(read(0)).rows().sent(1);

    bench.store(store());
    bench.sql(read(1)).rows().sent(1);
    bench
        .sql(requests("sql, method, url, status, attempt, shared"))
        .rows()
        .sent(0)
        .is(
            "SELECT id FROM tasks WHERE id = ? | GET | "
                + url
                + bench.taskIds().get(0)
                + " | 200 | 1 | false",
            "SELECT id FROM tasks WHERE id = ? | GET | "
                + url
                + bench.taskIds().get(0)
                + " | 200 | 1 | false",
            read(1) + " | GET | " + url + bench.taskIds().get(1) + " | 200 | 1 | false");
    bench
        .sql(
            "SELECT COUNT(DISTINCT connection_id), COUNT(*) FROM turntable.requests"
                + " WHERE started_at > CURRENT_TIMESTAMP - INTERVAL '7' DAY")
        .rows()
        .is("2 | 3");
  }

  @Test
  void thoseThatThisConnectionRemembersNoMoreAreThereToo() {
    bench.store(store(), "taskIds", String.join(",", bench.taskIds()));
    bench.sql("SELECT id FROM tasks").rows().sent(4);
    bench.store(store());
    bench.sql(read(0)).rows().sent(1);
    Stores.rows(store(), "SELECT 1");

    bench.sql(requests("COUNT(*)")).rows().is("5");
  }

  @Test
  void writesAndRefusedRequestsAreToldAsWell() {
    String worker = bench.simulator().handinger().workerIds().get(0);
    bench.store(store());
    bench
        .sql("INSERT INTO tasks (worker_id, input) VALUES ('" + worker + "', 'dear Anna')")
        .update();
    bench.sql("SELECT id FROM worker_schedules WHERE worker_id = 'wrk_none'").rows();

    bench.store(store());
    Result result = bench.sql(requests("sql, method, status") + " ORDER BY started_at").rows();

    assertThat(result.rows())
        .contains("INSERT INTO tasks (worker_id, input) VALUES (?, ?) | POST | 200")
        .noneMatch(row -> row.contains("Anna"));
  }

  @Test
  void thoseOfAnotherKeyAreNotThere() {
    bench.simulator().handinger().acceptMemberKey(KEY_B);
    bench.store(store());
    bench.sql(read(0)).rows().sent(1);

    bench.store(store(), "apiKey", KEY_B);
    bench.sql(requests("COUNT(*)")).rows().is("0");
    bench.store(store());
    bench.sql(requests("COUNT(*)")).rows().is("1");
  }

  @Test
  void theyAreKeptForNinetyDays() {
    bench.store(store());
    bench.sql(read(0)).rows();
    bench.sql(read(1)).rows();
    Stores.change(
        store(), "UPDATE requests SET started_at = started_at - INTERVAL 91 DAY WHERE number = 1");

    bench.store(store());
    bench.sql(requests("COUNT(*)")).rows().is("1");
    bench.sql(read(0)).rows();
    bench.engine().close();
    assertThat(Stores.rows(store(), "SELECT COUNT(*) FROM requests")).containsExactly("2");
  }

  @Test
  void noSecretIsAmongThem() throws Exception {
    bench.store(store());
    bench.sql("SELECT id FROM tasks WHERE id = '" + HandingerOptions.KEY + "'").rows();
    bench.store(store());
    bench.sql(requests("sql, url")).rows().hasRows(1);
    bench.close();

    assertThat(Files.readString(store().resolve("turntable.duckdb"), StandardCharsets.ISO_8859_1))
        .doesNotContain(HandingerOptions.KEY);
  }

  @Test
  void whatCannotBeReadIsToldAndThisConnectionAnswers() throws Exception {
    bench.store(store());
    bench.sql(read(0)).rows();
    Stores.letGo(store());
    Files.writeString(store().resolve("turntable.duckdb"), "no database at all");

    Result result = bench.sql(requests("COUNT(*)")).rows().is("1");

    assertThat(result.warnings()).anyMatch(text -> text.contains("only those of this connection"));
  }
}
