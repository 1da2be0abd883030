package dev.turntable.examples.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sum;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Spark as the slow tests drive it: a line of standard input names what to do, the lines of the
 * answer end with a dot. The URL is the only argument.
 */
final class SparkClient {
  private final SparkSession spark;
  private final String url;

  private SparkClient(SparkSession spark, String url) {
    this.spark = spark;
    this.url = url;
  }

  public static void main(String[] arguments) throws IOException {
    SparkSession spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.sql.shuffle.partitions", "2")
            .config(
                "spark.sql.catalog.turntable",
                "org.apache.spark.sql.execution.datasources.v2.jdbc.JDBCTableCatalog")
            .config("spark.sql.catalog.turntable.url", arguments[0])
            .config("spark.sql.catalog.turntable.driver", "dev.turntable.jdbc.TurntableDriver")
            .getOrCreate();
    try (spark) {
      SparkClient client = new SparkClient(spark, arguments[0]);
      BufferedReader requests =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      for (String line = requests.readLine(); line != null; line = requests.readLine()) {
        String[] words = line.split("\t");
        client
            .answer(words[0], Arrays.asList(words).subList(1, words.length))
            .forEach(System.out::println);
        System.out.println(".");
      }
    }
  }

  private Stream<String> answer(String request, List<String> operands) {
    return switch (request) {
      case "schema" ->
          Arrays.stream(tasks().schema().fields())
              .map(field -> field.name() + " " + field.dataType().simpleString());
      case "scan" -> rows(tasks().select("id", "title", "status", "credits", "created_at"));
      case "count" -> Stream.of(String.valueOf(tasks().count()));
      case "filter" -> rows(tasks().filter(operands.get(0)).select("id"));
      // Nothing is read ahead, so that the requests are those of the rows.
      case "limit" ->
          rows(
              reader()
                  .option("dbtable", "tasks")
                  .option("maxConcurrentRequests", "1")
                  .load()
                  .select("id")
                  .limit(Integer.parseInt(operands.get(0))));
      case "query" -> rows(reader().option("query", operands.get(0)).load());
      case "columns" -> Arrays.stream(reader().option("query", operands.get(0)).load().columns());
      case "having" ->
          rows(reader().option("query", operands.get(0)).load().filter(operands.get(1)));
      case "sql" -> rows(spark.sql(operands.get(0)));
      case "partitions" -> {
        Dataset<Row> parts =
            spark.read().jdbc(url, "tasks", operands.toArray(String[]::new), properties());
        yield Stream.concat(
            Stream.of(String.valueOf(parts.rdd().getNumPartitions())), rows(parts.select("id")));
      }
      case "credits" ->
          rows(
              tasks()
                  .groupBy("worker_id")
                  .agg(functions.count("id"), sum("credits"))
                  .orderBy(col("worker_id")));
      case "append" -> {
        append(operands);
        yield Stream.of("appended");
      }
      case "overwrite" -> {
        try {
          newTasks(operands).write().mode("overwrite").jdbc(url, "tasks", properties());
          yield Stream.of("overwritten");
        } catch (Exception e) {
          yield Stream.of(String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
      }
      default -> throw new IllegalArgumentException(request);
    };
  }

  private Properties properties() {
    Properties properties = new Properties();
    properties.setProperty("driver", "dev.turntable.jdbc.TurntableDriver");
    return properties;
  }

  private org.apache.spark.sql.DataFrameReader reader() {
    return spark
        .read()
        .format("jdbc")
        .option("driver", "dev.turntable.jdbc.TurntableDriver")
        .option("url", url);
  }

  private Dataset<Row> tasks() {
    return reader().option("dbtable", "tasks").load();
  }

  private void append(List<String> operands) {
    newTasks(operands).write().mode("append").jdbc(url, "tasks", properties());
  }

  /** Returns tasks of the worker named first, with the inputs after it. */
  private Dataset<Row> newTasks(List<String> operands) {
    StructType type =
        new StructType()
            .add("worker_id", DataTypes.StringType)
            .add("input", DataTypes.StringType)
            .add("budget", DataTypes.StringType);
    List<Row> rows =
        operands.stream()
            .skip(1)
            .map(input -> RowFactory.create(operands.get(0), input, null))
            .toList();
    return spark.createDataFrame(rows, type);
  }

  private static Stream<String> rows(Dataset<Row> rows) {
    return rows.collectAsList().stream()
        .map(
            row ->
                IntStream.range(0, row.length())
                    .mapToObj(i -> String.valueOf(row.get(i)))
                    .collect(Collectors.joining("|")));
  }
}
