package dev.turntable.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.plan.Bench.Result;
import dev.turntable.simulator.SimulatorOptions;
import dev.turntable.source.ErrorKind;
import dev.turntable.store.file.Stores;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a store knows of the tasks of an account, whose they are, and how far that reaches. */
final class StoredCatalogueTest {
  private final Bench bench =
      Bench.handinger(SimulatorOptions.builder().tasks(4).workers(2).executions(3).build());

  @TempDir Path temp;

  @AfterEach
  void close() {
    bench.close();
  }

  private Path store() {
    return temp.resolve("store");
  }

  private String id(int task) {
    return bench.taskIds().get(task);
  }

  private static void warns(Result result, String part) {
    assertThat(result.warnings()).anyMatch(text -> text.contains(part));
  }

  @Test
  void theWarningSaysHowManyAreKnownAndSinceWhenTheLogsMayBeLonger() {
    bench.store(store());
    bench.sql("SELECT id FROM tasks WHERE id = '" + id(0) + "'").rows().sent(1);
    Result before = bench.sql("SELECT id FROM tasks").rows().sent(1).hasRows(1);
    warns(before, "1 known ids (in the store 1), and no log of a worker was ever read to its end");

    bench.store(store(), "workerIds", String.join(",", bench.simulator().handinger().workerIds()));
    bench.sql("SELECT id FROM tasks").rows();
    bench.engine().close();
    Stores.change(store(), "UPDATE logs SET read_at = read_at - INTERVAL 3 HOUR");

    bench.store(store());
    Result after = bench.sql("SELECT id FROM tasks").rows();
    int workers = bench.simulator().handinger().workerIds().size();
    warns(after, "), the logs of " + workers + " workers last read to their end ");
    warns(after, " h ago; Handinger publishes no list of tasks");
  }

  /** By way of the operators, since SIMILAR TO is no predicate of the store. */
  @Test
  void aLogThatWasReadToItsEndIsAskedAgainWhenItIsTooOld() {
    String[] properties = {
      "workerIds", String.join(",", bench.simulator().handinger().workerIds()), "maxAge", "3600"
    };
    String query = "SELECT COUNT(*) FROM tasks WHERE title SIMILAR TO '%'";
    bench.store(store(), properties);
    bench.sql("SELECT COUNT(*) FROM tasks").rows();
    int workers = bench.simulator().handinger().workerIds().size();

    warns(bench.sql(query).rows().sent(0).hasRows(1), "(in the store ");
    bench.engine().close();
    Stores.age(store(), Duration.ofHours(2));

    bench.store(store(), properties);
    bench.sql("SELECT COUNT(*) FROM tasks").rows();
    bench.engine().close();
    Stores.change(
        store(),
        "UPDATE logs SET read_at = read_at - INTERVAL 2 HOUR WHERE worker = '"
            + bench.simulator().handinger().workerIds().get(0)
            + "'");

    bench.store(store(), properties);
    warns(bench.sql(query).rows().sent(1).hasRows(1), "logs of workers ");
    assertThat(workers).isGreaterThan(1);
  }

  @Test
  void aTaskThatWasCreatedIsKnownToEveryConnectionFromTheNextStatementOn() {
    String worker = bench.simulator().handinger().workerIds().get(0);
    bench.store(store());
    dev.turntable.engine.Engine first = bench.engine();
    bench.store(store());
    bench.sql("SELECT id FROM tasks").fails(ErrorKind.INVALID_STATEMENT);
    dev.turntable.engine.Engine second = bench.engine();

    bench
        .use(first)
        .sql("INSERT INTO tasks (worker_id, input) VALUES ('" + worker + "', 'x')")
        .update();

    bench.use(second).sql("SELECT COUNT(*) FROM tasks").rows().sent(1).is("1");
    bench.sql("SELECT origin FROM turntable.known_tasks").rows().is("created");
  }

  @Test
  void whatIsArchivedByOneConnectionLeavesTheScansOfAll() {
    bench.store(store(), "taskIds", String.join(",", bench.taskIds()));
    dev.turntable.engine.Engine first = bench.engine();
    bench.store(store());
    bench.sql("SELECT COUNT(*) FROM tasks").rows().sent(bench.taskIds().size());
    dev.turntable.engine.Engine second = bench.engine();

    bench.use(first).sql("DELETE FROM tasks WHERE id = '" + id(0) + "'").update();

    bench.use(second).sql("SELECT COUNT(*) FROM tasks").rows().sent(bench.taskIds().size() - 1);
    bench
        .sql("SELECT COUNT(*) FROM turntable.known_tasks WHERE id = '" + id(0) + "'")
        .rows()
        .is("1");
  }

  @Test
  void anotherPlaceOfTheServiceIsAnotherAccount() {
    bench.store(store(), "taskIds", String.join(",", bench.taskIds()));
    bench.sql("SELECT id FROM tasks").rows().sent(bench.taskIds().size());
    String elsewhere = bench.simulator().handingerUrl().replace("127.0.0.1", "localhost");

    bench.store(store(), "maxAge", "3600", "baseUrl", elsewhere);
    bench.sql("SELECT id FROM tasks").fails(ErrorKind.INVALID_STATEMENT);
    bench.sql("SELECT COUNT(*) FROM turntable.known_tasks").rows().is("0");
    bench.sql("SELECT id FROM tasks WHERE id = '" + id(0) + "'").rows().sent(1).is(id(0));
    assertThat(Stores.rows(store(), "SELECT COUNT(*) FROM accounts")).containsExactly("2");
  }
}
