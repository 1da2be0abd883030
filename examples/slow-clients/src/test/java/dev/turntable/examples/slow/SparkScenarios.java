package dev.turntable.examples.slow;

import static dev.turntable.simulator.handinger.HandingerState.PUBLISHED_WORKER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.simulator.handinger.HandingerTask;
import java.io.IOException;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What Spark does with the driver, in whichever order the jars stand. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SparkScenarios {
  private static final String TEST_CLASSES = "target/test-classes";

  /** What {@code bin/spark-submit} opens for Spark on a JDK of today. */
  static final List<String> JVM_OPTIONS =
      Stream.concat(
              Stream.of("-Djava.net.preferIPv4Stack=true", "-Xmx1g"),
              Stream.of(
                      "java.lang",
                      "java.lang.invoke",
                      "java.lang.reflect",
                      "java.io",
                      "java.net",
                      "java.nio",
                      "java.util",
                      "java.util.concurrent",
                      "java.util.concurrent.atomic",
                      "sun.nio.ch",
                      "sun.nio.cs",
                      "sun.security.action",
                      "sun.util.calendar")
                  .map(name -> "--add-opens=java.base/" + name + "=ALL-UNNAMED"))
          .toList();

  private Service service;
  private Session spark;

  /** Returns the class path of Spark's jars and the driver's. */
  abstract String classPath(String sparkJars);

  @BeforeAll
  void start() throws IOException {
    service = Service.start();
    List<String> command = new ArrayList<>();
    command.add(Places.java());
    command.addAll(JVM_OPTIONS);
    command.add("-cp");
    command.add(
        Places.join(
            classPath(Places.classPath("spark")), Places.example("spark").resolve(TEST_CLASSES)));
    command.add("dev.turntable.examples.spark.SparkClient");
    command.add(service.url());
    spark = Session.start(service.environment(), command.toArray(String[]::new));
  }

  @AfterAll
  void stop() throws IOException {
    spark.close();
    service.close();
  }

  @BeforeEach
  void forgetRequests() {
    service.requests();
  }

  @Test
  void schema() throws IOException {
    assertThat(spark.ask("schema"))
        .startsWith("id string", "title string", "status string")
        .contains("created_at timestamp", "credits bigint", "turn_count bigint");
    assertThat(service.requests()).isEmpty();
  }

  @Test
  void fullScan() throws IOException {
    assertThat(spark.ask("scan"))
        .containsExactlyInAnyOrderElementsOf(
            service.known().stream().map(SparkScenarios::scanned).toList());
    assertThat(service.requests()).hasSize(service.known().size());
  }

  /** Returns the row that Spark must show: timestamps are the wall clock of UTC in every zone. */
  private static String scanned(HandingerTask task) {
    LocalDateTime created = LocalDateTime.ofInstant(task.createdAt(), ZoneOffset.UTC);
    return String.join(
        "|",
        task.id(),
        task.title(),
        task.status(),
        String.valueOf(task.credits()),
        Timestamp.valueOf(created).toString());
  }

  @Test
  void count() throws IOException {
    assertThat(spark.ask("count")).containsExactly(String.valueOf(service.known().size()));
    assertThat(service.requests()).hasSize(service.known().size());
  }

  @Test
  void aFilterOnTheKeyIsPushed() throws IOException {
    List<String> ids = service.known().stream().map(HandingerTask::id).limit(2).toList();
    assertThat(spark.ask("filter", "id IN ('%s', '%s')".formatted(ids.get(0), ids.get(1))))
        .containsExactlyInAnyOrderElementsOf(ids);
    assertThat(service.requests())
        .containsExactlyInAnyOrder("GET /api/tasks/" + ids.get(0), "GET /api/tasks/" + ids.get(1));
  }

  @Test
  void otherFiltersAreCheckedHere() throws IOException {
    assertThat(
            spark.ask(
                "filter",
                "status = 'error' AND title LIKE '%東京%' AND credits > 1"
                    + " AND created_at >= TIMESTAMP '2026-05-01 00:00:00'"))
        .containsExactlyInAnyOrderElementsOf(
            service.known().stream()
                .filter(task -> task.status().equals("error") && task.title().contains("東京"))
                .map(HandingerTask::id)
                .toList());
    assertThat(service.requests()).hasSize(service.known().size());
  }

  @Test
  void aLimitOfSparkStopsReading() throws IOException {
    assertThat(spark.ask("limit", "5")).hasSize(5);
    assertThat(service.requests()).hasSize(5);
  }

  @Test
  void aQueryWithALimitCostsTheLimit() throws IOException {
    assertThat(spark.ask("query", "SELECT id, title FROM tasks LIMIT 4")).hasSize(4);
    assertThat(service.requests()).hasSize(4);
  }

  /** Spark selects, and filters by, the names that the driver reports. */
  @Test
  void columnsOfAQueryHaveTheNamesThatItWrites() throws IOException {
    HandingerTask task = service.known().get(0);
    String sql =
        "SELECT t.status, SUM(u.credits), MIN(u.id) AS first FROM tasks t JOIN turns u ON u.task_id = t.id"
            + " WHERE t.id = '%s' GROUP BY t.status".formatted(task.id());
    assertThat(spark.ask("columns", sql)).containsExactly("status", "SUM(u.credits)", "first");
    assertThat(service.requests()).as("asked for names only").isEmpty();
    assertThat(spark.ask("having", sql, "`SUM(u.credits)` < 0")).isEmpty();
    assertThat(spark.ask("having", sql, "`SUM(u.credits)` >= 0"))
        .singleElement()
        .asString()
        .startsWith(task.status() + "|");
    service.requests();
  }

  @Test
  void aJoinInAQueryIsTurntables() throws IOException {
    HandingerTask task = service.known().get(0);
    assertThat(
            spark.ask(
                "query",
                "SELECT t.title, COUNT(*) AS turns FROM tasks t JOIN turns u ON u.task_id = t.id"
                    + " WHERE t.id = '%s' GROUP BY t.title".formatted(task.id())))
        .containsExactly(task.title() + "|" + task.turns().size());
    assertThat(service.requests()).hasSize(2);
  }

  @Test
  void partitionsAreReadByThemselves() throws IOException {
    List<String> ids = service.known().stream().map(HandingerTask::id).limit(6).toList();
    String[] question = {"partitions", in(ids.subList(0, 2)), in(ids.subList(2, 6))};
    List<String> expected = new ArrayList<>(List.of("2"));
    expected.addAll(ids);
    assertThat(spark.ask(question)).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(service.requests())
        .containsExactlyInAnyOrderElementsOf(
            ids.stream().map(id -> "GET /api/tasks/" + id).toList());
  }

  private static String in(List<String> ids) {
    return ids.stream().collect(Collectors.joining("', '", "id IN ('", "')"));
  }

  @Test
  void aggregate() throws IOException {
    assertThat(spark.ask("credits").stream().map(row -> row.replaceFirst("\\|\\d+\\|", "|")))
        .isEqualTo(Service.creditsByWorker(service.known(), "|"));
    assertThat(service.requests()).hasSize(service.known().size());
  }

  @Test
  void theCatalogReachesTheTables() throws IOException {
    HandingerTask task = service.known().get(3);
    assertThat(
            spark.ask(
                "sql",
                "SELECT title FROM turntable.handinger.tasks WHERE id = '%s'".formatted(task.id())))
        .containsExactly(task.title());
    assertThat(service.requests()).containsExactly("GET /api/tasks/" + task.id());
  }

  @Test
  void rowsAreAppended() throws IOException {
    int before = service.tasks().size();
    assertThat(spark.ask("append", PUBLISHED_WORKER, "Was kostet Köln?", "東京の天気は?"))
        .containsExactly("appended");
    assertThat(service.requests()).containsExactly("POST /api/tasks", "POST /api/tasks");
    assertThat(service.tasks()).hasSize(before + 2);
    assertThat(service.tasks()).anyMatch(task -> task.turns().get(0).input().equals("東京の天気は?"));
  }

  @Test
  void aTableIsNeverOverwritten() throws IOException {
    assertThat(spark.ask("overwrite", PUBLISHED_WORKER, "x"))
        .singleElement()
        .asString()
        .contains("DROP");
    assertThat(service.requests()).isEmpty();
  }
}
