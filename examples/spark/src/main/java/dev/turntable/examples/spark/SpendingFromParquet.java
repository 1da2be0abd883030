package dev.turntable.examples.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Shows what each Rightbrain task spent, from the Parquet that {@code sync --to parquet} writes: executors
 * read the days side by side, and nothing is asked of the service. The files are those that the manifest
 * names, so that a sync may go on meanwhile.
 */
public final class SpendingFromParquet {
  private SpendingFromParquet() {}

  /**
   * Runs the job.
   *
   * @param arguments the folder
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 1) {
      System.err.println("Usage: SpendingFromParquet FOLDER");
      System.exit(2);
    }
    try (SparkSession spark = SparkSession.builder().appName("Spending").getOrCreate()) {
      Dataset<Row> runs = table(spark, arguments[0], "rightbrain", "task_runs");
      System.out.println("partitions: " + runs.rdd().getNumPartitions());
      for (Row row : spending(runs).collectAsList()) {
        System.out.println(row.mkString("\t"));
      }
    }
  }

  /** Spark itself leaves files out whose names begin with an underscore, hence reads their list as text. */
  private static Dataset<Row> table(SparkSession spark, String folder, String service, String table)
      throws IOException {
    String manifest = Files.readString(Path.of(folder, "_manifest.json"));
    List<String> files =
        spark
            .read()
            .json(spark.createDataset(List.of(manifest), Encoders.STRING()))
            .select(explode(col("files")).as("file"))
            .where(col("file.service").equalTo(service).and(col("file.table").equalTo(table)))
            .select(col("file.path"))
            .as(Encoders.STRING())
            .collectAsList();
    return spark
        .read()
        .option("basePath", folder)
        .parquet(files.stream().map(file -> folder + "/" + file).toArray(String[]::new));
  }

  private static Dataset<Row> spending(Dataset<Row> runs) {
    return runs.groupBy("task_name")
        .agg(
            count(lit(1)).as("runs"),
            sum("total_tokens").as("tokens"),
            sum("charged_credits").as("credits"))
        .orderBy("task_name");
  }
}
