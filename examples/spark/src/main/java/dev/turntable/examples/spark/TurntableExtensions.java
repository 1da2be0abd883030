package dev.turntable.examples.spark;

import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.SparkSessionExtensionsProvider;
import org.apache.spark.sql.jdbc.JdbcDialects;
import scala.runtime.AbstractFunction1;
import scala.runtime.BoxedUnit;

/** Makes the dialect known to every session of a Spark that has this jar: Spark looks for it itself. */
public final class TurntableExtensions extends AbstractFunction1<SparkSessionExtensions, BoxedUnit>
    implements SparkSessionExtensionsProvider {
  @Override
  public BoxedUnit apply(SparkSessionExtensions extensions) {
    JdbcDialects.registerDialect(new TurntableDialect());
    return BoxedUnit.UNIT;
  }
}
