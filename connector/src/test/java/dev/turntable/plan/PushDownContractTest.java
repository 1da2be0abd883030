package dev.turntable.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.simulator.SimulatorOptions;
import dev.turntable.simulator.rightbrain.RightbrainOptions;
import dev.turntable.source.TableDef;
import dev.turntable.source.TaskSourceProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Whatever a table declares that it can push is true: for every access path of every table of every
 * source there is, each key, served predicate and order gives the very rows that checking here would
 * give, and sends as many requests as was announced. A table that is added is among them at once; a
 * source that is added fails here until it is told where it is served.
 */
final class PushDownContractTest {
  private static final Map<String, Supplier<Served>> SOURCES =
      Map.of(
          "handinger",
          PushDownContractTest::handinger,
          "rightbrain",
          PushDownContractTest::rightbrain);

  /** What these say of a connection changes with every statement: see KnownTablesTest. */
  private static final Set<String> CHANGING = Set.of("known_tasks", "coverage");

  private static final List<Bench> BENCHES = new ArrayList<>();

  /**
   * A source on its server.
   *
   * @param given what a table must be asked with for its rows to be always the same, by its name
   */
  private record Served(Bench bench, Map<String, String> given) {}

  @AfterAll
  static void stop() {
    BENCHES.forEach(Bench::close);
  }

  private static Served handinger() {
    Bench bench =
        Bench.handinger(
            SimulatorOptions.builder().tasks(30).workers(3).executions(120).turns(1, 5).build());
    List<String> workers = bench.simulator().handinger().workerIds();
    bench.connect(
        Map.of(
            "taskIds", String.join(",", bench.taskIds()), "workerIds", String.join(",", workers)));
    String tasks = String.join("', '", bench.taskIds().subList(0, 9));
    return new Served(bench, Map.of("workers", "task_id IN ('" + tasks + "')"));
  }

  /** More than a page of runs for each task. The reports are of the last days, to now. */
  private static Served rightbrain() {
    Bench bench = Bench.rightbrain(RightbrainOptions.builder().tasks(2).runsPerTask(120).build());
    bench.simulator().rightbrain().switches().stopClock(true);
    String range =
        "range_start >= TIMESTAMP '2026-05-01 00:00:00' AND range_end <= TIMESTAMP '2026-06-15 00:00:00'";
    String groups = range + " AND show_reporting_group IN (TRUE, FALSE)";
    return new Served(
        bench,
        Map.of(
            "token_report",
            groups,
            "credit_report",
            groups,
            "timing_report",
            range + " AND aggregation IN ('hour', 'day')",
            "usage_report",
            "aggregation IN ('day', 'week') AND status IN ('ALL', 'SUCCESS', 'FAIL')"));
  }

  @TestFactory
  Stream<DynamicContainer> everySource() {
    return ServiceLoader.load(TaskSourceProvider.class).stream()
        .map(provider -> provider.get().name())
        .map(source -> DynamicContainer.dynamicContainer(source, tests(source)));
  }

  private static Stream<DynamicTest> tests(String source) {
    Supplier<Served> start = SOURCES.get(source);
    if (start == null) {
      return Stream.of(
          DynamicTest.dynamicTest(
              source + " is served", () -> assertThat(SOURCES.keySet()).contains(source)));
    }
    Served served = start.get();
    BENCHES.add(served.bench());
    List<DynamicTest> tests = new ArrayList<>();
    List<DynamicTest> last = new ArrayList<>();
    served
        .bench()
        .definitions()
        .forEach(
            (schema, tables) -> {
              for (TableDef<?> table : tables) {
                if (CHANGING.contains(table.name())) {
                  continue;
                }
                String given = served.given().getOrDefault(table.name(), "TRUE");
                TableContract contract = new TableContract(served.bench(), schema, table, given);
                tests.addAll(contract.tests());
                last.addAll(contract.testsThatEndEarly());
              }
            });
    tests.addAll(last);
    return tests.stream();
  }
}
