package dev.turntable.examples.slow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.simulator.Simulator;
import dev.turntable.simulator.SimulatorOptions;
import dev.turntable.simulator.handinger.HandingerOptions;
import dev.turntable.simulator.handinger.HandingerState;
import dev.turntable.simulator.handinger.HandingerTask;
import dev.turntable.simulator.rightbrain.RightbrainOptions;
import dev.turntable.simulator.server.ReceivedRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Spark's catalog with the dialect of {@code examples/spark}: what it hands on, and what that costs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SparkDialectTest {
  private static final String RUNS = "turntable.rightbrain.task_runs";

  private final List<HandingerTask> tasks = new ArrayList<>();
  private Simulator simulator;
  private Session spark;

  /** 1,200 runs of 6 tasks, which take 12 pages. */
  @BeforeAll
  void start() throws IOException {
    simulator = Simulator.start(SimulatorOptions.defaults());
    simulator.handinger().tasks().stream()
        .filter(task -> !task.archived())
        .sorted(Comparator.comparing(HandingerTask::id))
        .limit(8)
        .forEach(tasks::add);
    List<String> command = new ArrayList<>(List.of(Places.java()));
    command.addAll(SparkScenarios.JVM_OPTIONS);
    command.add("-Dspark.sql.optimizer.datasourceV2JoinPushdown=true");
    command.add("-Dspark.sql.catalog.turntable.pushDownJoin=true");
    command.add("-Dspark.sql.catalog.turntable.preferTimestampNTZ=true");
    // Nothing is read ahead, so that the requests are those of the rows.
    command.add("-Dspark.sql.catalog.turntable.maxConcurrentRequests=1");
    command.add("-cp");
    command.add(
        Places.join(
            Places.classPath("spark"),
            Places.DRIVER,
            Places.example("spark").resolve("target/classes"),
            Places.example("spark").resolve("target/test-classes")));
    command.add("dev.turntable.examples.spark.SparkClient");
    command.add(
        "jdbc:turntable:handinger+rightbrain:handinger.taskIds="
            + String.join(",", tasks.stream().map(HandingerTask::id).toList()));
    spark =
        Session.start(
            Map.of(
                "HANDINGER_BASE_URL", simulator.handingerUrl(),
                "HANDINGER_API_KEY", HandingerOptions.builder().build().key(),
                "RB_BASE_URL", simulator.rightbrainUrl(),
                "RB_API_KEY", RightbrainOptions.KEY),
            command.toArray(String[]::new));
  }

  @AfterAll
  void stop() throws IOException {
    spark.close();
    simulator.close();
  }

  @BeforeEach
  void forgetRequests() {
    simulator.clearRequests();
  }

  private List<String> sql(String text) throws IOException {
    return spark.ask("sql", text);
  }

  private List<String> requests() {
    List<String> lines =
        simulator.requests().stream()
            .map(ReceivedRequest::line)
            .filter(line -> !line.contains("/whoami"))
            .toList();
    simulator.clearRequests();
    return lines;
  }

  /** Returns what Spark says it hands on of a statement. */
  private String plan(String text) throws IOException {
    String plan = String.join(" ", sql("EXPLAIN " + text));
    assertThat(requests()).isEmpty();
    return plan;
  }

  @Test
  void aCountIsTurntables() throws IOException {
    String count = "SELECT COUNT(*) FROM " + RUNS;
    assertThat(plan(count)).contains("PushedAggregates: [COUNT(*)]");
    assertThat(sql(count)).containsExactly("1200");
    assertThat(requests()).hasSize(12);
  }

  @Test
  void aFilterReachesTheService() throws IOException {
    assertThat(sql("SELECT COUNT(*) FROM " + RUNS + " WHERE status = 'error'"))
        .containsExactly("99");
    assertThat(requests()).singleElement().asString().contains("&status=error&page_limit=100");
  }

  @Test
  void aLimitIsTheSizeOfThePage() throws IOException {
    assertThat(sql("SELECT id FROM " + RUNS + " LIMIT 5")).hasSize(5);
    assertThat(requests()).singleElement().asString().endsWith("&page_limit=5");
  }

  @Test
  void anOffsetIsReadWithTheLimit() throws IOException {
    List<String> eight = sql("SELECT id FROM " + RUNS + " LIMIT 8");
    requests();
    assertThat(sql("SELECT id FROM " + RUNS + " LIMIT 5 OFFSET 3")).isEqualTo(eight.subList(3, 8));
    assertThat(requests()).singleElement().asString().endsWith("&page_limit=8");
  }

  @Test
  void theLatestOfATask() throws IOException {
    String task = sql("SELECT task_id FROM " + RUNS + " LIMIT 1").get(0);
    requests();
    String latest =
        "SELECT id FROM " + RUNS + " WHERE task_id = '%s' ORDER BY created DESC LIMIT 5";
    assertThat(plan(latest.formatted(task))).contains("PushedTopN: ORDER BY [created DESC");
    assertThat(sql(latest.formatted(task))).hasSize(5);
    assertThat(requests()).singleElement().asString().contains(task).endsWith("page_limit=5");
  }

  @Test
  void groups() throws IOException {
    String groups =
        "SELECT task_name, COUNT(*), AVG(input_tokens), SUM(charged_credits), AVG(charged_credits)"
            + " FROM "
            + RUNS
            + " GROUP BY task_name ORDER BY task_name LIMIT 2";
    assertThat(plan(groups)).contains("PushedGroupByExpressions: [task_name]", "AVG(input_tokens)");
    assertThat(sql(groups))
        .containsExactly(
            "Task-1|200|485.925|278.950000|1.4453367876",
            "Task-2|200|471.415|276.000000|1.4680851064");
    assertThat(requests()).hasSize(12);
  }

  @Test
  void keys() throws IOException {
    List<String> ids = tasks.stream().map(HandingerTask::id).limit(3).toList();
    assertThat(
            sql(
                "SELECT COUNT(*) FROM turntable.handinger.tasks WHERE id IN ('%s')"
                    .formatted(String.join("', '", ids))))
        .containsExactly("3");
    assertThat(requests())
        .containsExactlyInAnyOrderElementsOf(
            ids.stream().map(id -> "GET /api/tasks/" + id).toList());
  }

  /** One request, as this service answers with a task and its turns; two where Spark joins. */
  @Test
  void aJoinIsOneStatement() throws IOException {
    simulator.handinger().shape(HandingerState.Shape.LEGACY);
    HandingerTask task = tasks.get(0);
    String join =
        "SELECT t.title, u.seq FROM turntable.handinger.tasks t JOIN turntable.handinger.turns u"
            + " ON u.task_id = t.id WHERE t.id = '%s'".formatted(task.id());
    assertThat(plan(join)).contains("PushedJoins:");
    assertThat(sql(join)).hasSize(task.turns().size());
    assertThat(requests()).containsExactly("GET /api/tasks/" + task.id());
  }

  @Test
  void whatThePageAsks() throws IOException {
    Matcher asked =
        Pattern.compile("^spark\\.sql\\(\"(.*)\"\\)", Pattern.MULTILINE)
            .matcher(Places.page("spark", "scala"));
    assertThat(asked.find()).isTrue();
    assertThat(sql(asked.group(1)))
        .containsExactlyInAnyOrder("success|1101|1660.370000", "error|99|32.170000");
    assertThat(requests()).hasSize(12);
  }

  @Test
  void metadataCostsNothing() throws IOException {
    assertThat(sql("SHOW TABLES IN turntable.handinger")).contains("handinger|tasks|false");
    assertThat(sql("DESCRIBE " + RUNS)).contains("created|timestamp_ntz|null");
    assertThat(requests()).isEmpty();
  }
}
