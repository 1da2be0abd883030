package dev.turntable.examples.slow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.simulator.Simulator;
import dev.turntable.simulator.SimulatorOptions;
import dev.turntable.simulator.rightbrain.RightbrainOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spark reads the Parquet of a store on several executors, and finds what the store has. */
final class SparkParquetTest {
  private static final String URL = "jdbc:turntable:rightbrain:maxAge=3600;finalMaxAge=unlimited";

  @TempDir Path temp;

  private Simulator simulator;

  @BeforeEach
  void start() throws IOException {
    simulator = Simulator.start(SimulatorOptions.defaults());
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  private String store() {
    return temp.resolve("store").toString();
  }

  private String folder() {
    return temp.resolve("parquet").toString();
  }

  @Test
  void sparkFindsWhatTheStoreHas() throws Exception {
    turntable("sync", URL, "--store", store(), "--to", "parquet", folder());
    simulator.clearRequests();

    List<String> spark = spark();

    assertThat(spark.get(0)).isEqualTo("partitions: 4");
    assertThat(spark.subList(1, spark.size()))
        .hasSize(6)
        .isEqualTo(
            turntable(
                    URL,
                    "--store",
                    store(),
                    "--format=tsv",
                    "--no-header",
                    "SELECT task_name, COUNT(*), SUM(total_tokens), SUM(charged_credits)"
                        + " FROM task_runs GROUP BY task_name ORDER BY task_name")
                .lines()
                .filter(line -> line.contains("\t"))
                .toList());
    assertThat(simulator.requests()).noneMatch(request -> !request.line().contains("/whoami"));
  }

  private List<String> spark() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(Places.java()));
    command.addAll(SparkScenarios.JVM_OPTIONS);
    command.addAll(List.of("-Dspark.master=local[4]", "-Dspark.ui.enabled=false"));
    command.add("-cp");
    command.add(
        Places.join(Places.classPath("spark"), Places.example("spark").resolve("target/classes")));
    command.add("dev.turntable.examples.spark.SpendingFromParquet");
    command.add(folder());
    return Program.run(temp, Map.of(), command.toArray(String[]::new))
        .lines()
        .filter(line -> line.contains("\t") || line.startsWith("partitions: "))
        .toList();
  }

  private String turntable(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of(Places.java(), "-jar", Places.DRIVER.toString()));
    command.addAll(List.of(arguments));
    return Program.run(
        temp,
        Map.of("RB_BASE_URL", simulator.rightbrainUrl(), "RB_API_KEY", RightbrainOptions.KEY),
        command.toArray(String[]::new));
  }
}
