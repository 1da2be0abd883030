package dev.turntable.examples.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import java.io.IOException;
import java.time.YearMonth;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/**
 * Copies the runs of all Rightbrain tasks to Parquet and shows what each task spent. Every month is a
 * partition of its own: Spark reads the months in parallel, and the service is asked for that month
 * only.
 */
public final class RunsToParquet {
  private RunsToParquet() {}

  /**
   * Runs the job.
   *
   * @param arguments JDBC URL, folder, first month ({@code 2026-04}), number of months. The API key
   *     comes from the environment variable {@code RB_API_KEY}.
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 4) {
      System.err.println("Usage: RunsToParquet URL FOLDER FIRST-MONTH NUMBER-OF-MONTHS");
      System.exit(2);
    }
    String url = arguments[0];
    String folder = arguments[1];
    YearMonth first = YearMonth.parse(arguments[2]);
    String[] months =
        Stream.iterate(first, month -> month.plusMonths(1))
            .limit(Integer.parseInt(arguments[3]))
            .map(RunsToParquet::predicate)
            .toArray(String[]::new);
    Properties properties = new Properties();
    properties.setProperty("driver", "dev.turntable.jdbc.TurntableDriver");

    try (SparkSession spark = SparkSession.builder().appName("Runs to Parquet").getOrCreate()) {
      spark
          .read()
          .jdbc(url, "rightbrain.task_runs", months, properties)
          .write()
          .mode(SaveMode.Overwrite)
          .parquet(folder);
      spending(spark.read().parquet(folder)).show(false);
    }
  }

  private static String predicate(YearMonth month) {
    return "created >= TIMESTAMP '%s-01 00:00:00' AND created < TIMESTAMP '%s-01 00:00:00'"
        .formatted(month, month.plusMonths(1));
  }

  private static Dataset<Row> spending(Dataset<Row> runs) {
    return runs.groupBy("task_name")
        .agg(
            count(lit(1)).as("runs"),
            sum("total_tokens").as("tokens"),
            sum("charged_credits").as("credits"))
        .orderBy(col("credits").desc());
  }
}
