package dev.turntable.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.engine.Engine;
import dev.turntable.simulator.SimulatorOptions;
import dev.turntable.simulator.handinger.HandingerState.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The whole text of EXPLAIN, one statement of each kind, as {@code plan/explain.txt} has it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ExplainTest {
  private static final String WORKERS = "[workers] ";
  private static final String GENERATED = "[generated] ";

  private final Bench bench =
      Bench.handinger(SimulatorOptions.builder().tasks(3).workers(2).build());
  private final Engine known;
  private final Engine workers;
  private final Engine generated;

  ExplainTest() {
    bench.simulator().handinger().shape(Shape.NEW);
    bench
        .sql("SELECT id FROM tasks WHERE id = ?", bench.taskIds().get(0))
        .rows(); // tells the shape
    String ids = "tsk_a,tsk_b,tsk_c";
    known = bench.connect(Map.of("taskIds", ids)).engine();
    workers = bench.connect(Map.of("workerIds", "wrk_a", "taskIds", "tsk_a")).engine();
    generated = bench.connectGenerated(Map.of("taskIds", ids)).engine();
  }

  @AfterAll
  void stop() {
    bench.close();
  }

  static Stream<String> statements() throws IOException {
    try (InputStream file = ExplainTest.class.getResourceAsStream("/plan/explain.txt")) {
      String text = new String(file.readAllBytes(), UTF_8);
      return Arrays.stream(text.strip().split("\n\n")).filter(block -> !block.startsWith("#"));
    }
  }

  @ParameterizedTest
  @MethodSource("statements")
  void isExplainedAsTheFileSays(String statement) {
    String head = statement.substring(0, statement.indexOf('\n'));
    String sql = head.replace(WORKERS, "").replace(GENERATED, "");
    bench.use(head.startsWith(WORKERS) ? workers : head.startsWith(GENERATED) ? generated : known);
    List<String> plan = bench.sql(sql).explain().lines().map(String::stripTrailing).toList();
    assertThat(plan).as(head).isEqualTo(statement.lines().skip(1).toList());
  }

  /** Else a kind could go from the file and nobody would see it. */
  @Test
  void theFileHasEveryKindOfLine() throws IOException {
    assertThat(statements())
        .anyMatch(text -> text.contains(" (exact)"))
        .anyMatch(text -> text.contains(" (at most)"))
        .anyMatch(text -> text.contains(" (at least)"))
        .anyMatch(text -> text.contains(" (known when read)"))
        .anyMatch(text -> text.contains("local: "))
        .anyMatch(text -> text.contains("known ids only"))
        .anyMatch(text -> text.contains("one per key of"))
        .anyMatch(text -> text.contains("one per matching row"))
        .anyMatch(text -> text.contains("one per row of the source"))
        .anyMatch(text -> text.contains("Join by keys"))
        .anyMatch(text -> text.contains("Generated code"))
        .anyMatch(text -> text.contains("Insert into"))
        .anyMatch(text -> text.contains("Delete from"))
        .hasSizeGreaterThanOrEqualTo(30);
  }
}
