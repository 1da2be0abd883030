package dev.turntable.examples.spark;

import java.util.Locale;
import java.util.Set;
import org.apache.spark.sql.jdbc.JdbcDialect;

/**
 * What Spark's JDBC catalog may hand to Turntable beside filters and columns: aggregates, limits,
 * offsets, the first rows by an order, and joins where {@code
 * spark.sql.optimizer.datasourceV2JoinPushdown} is set. Orders of text agree but for characters
 * beyond the Basic Multilingual Plane, which Spark puts last.
 */
final class TurntableDialect extends JdbcDialect {
  private static final long serialVersionUID = 1;

  private static final String PREFIX = "jdbc:turntable:";

  /**
   * Those that give the same in both. The average of decimals is a DOUBLE at Turntable, and rounded to
   * the scale that Spark gives it.
   */
  private static final Set<String> FUNCTIONS =
      Set.of("ABS", "AVG", "COALESCE", "COUNT", "MAX", "MIN", "SUM");

  @Override
  public boolean canHandle(String url) {
    return url.toLowerCase(Locale.ROOT).startsWith(PREFIX);
  }

  @Override
  public boolean isSupportedFunction(String name) {
    return FUNCTIONS.contains(name);
  }

  @Override
  public boolean supportsLimit() {
    return true;
  }

  @Override
  public boolean supportsOffset() {
    return true;
  }

  @Override
  public boolean supportsJoin() {
    return true;
  }
}
