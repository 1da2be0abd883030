package dev.turntable.examples.slow;

/** The driver's jar stands before Spark's. */
final class DriverBeforeSparkTest extends SparkScenarios {
  @Override
  String classPath(String sparkJars) {
    return Places.join(Places.DRIVER, sparkJars);
  }
}
