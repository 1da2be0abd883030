package dev.turntable.examples.slow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the pages on pandas, R and Spark say runs as it stands there. */
final class ToolPagesTest {
  @TempDir Path folder;

  @Test
  void python() throws IOException, InterruptedException {
    Path script = Files.writeString(folder.resolve("page.py"), Places.page("pandas", "python"));
    assertThat(Program.run(folder, PythonPackage.installed(), Places.PYTHON, script.toString()))
        .containsPattern("wrk_competitor-watch +5162");
  }

  @Test
  void r() throws IOException, InterruptedException {
    Path script = Files.writeString(folder.resolve("page.R"), Places.page("r", "r"));
    assertThat(
            Program.run(Places.ROOT, Map.of(), "/usr/bin/Rscript", "--vanilla", script.toString()))
        .contains("wrk_competitor-watch 5162");
  }

  @Test
  void spark() throws IOException, InterruptedException {
    List<String> words =
        Places.page("spark", "bash")
            .lines()
            .filter(line -> line.startsWith("spark-submit ") && line.contains("RunsToParquet"))
            .flatMap(line -> Arrays.stream(line.split(" ")))
            .skip(1)
            .map(word -> word.equals("runs") ? folder.resolve("runs").toString() : word)
            .toList();
    List<String> command = new ArrayList<>();
    command.add(Places.java());
    command.addAll(SparkScenarios.JVM_OPTIONS);
    command.addAll(
        List.of("-cp", Places.classPath("spark"), "org.apache.spark.deploy.SparkSubmit"));
    command.addAll(
        List.of(
            "--conf", "spark.driver.bindAddress=127.0.0.1", "--conf", "spark.ui.enabled=false"));
    command.addAll(words);
    assertThat(
            Program.run(
                Places.ROOT, Map.of("SPARK_LOCAL_IP", "127.0.0.1"), command.toArray(String[]::new)))
        .containsPattern("Sentiment Tagger *\\|170 *\\|");
    assertThat(folder.resolve("runs/_SUCCESS")).exists();
  }
}
