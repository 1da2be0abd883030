package dev.turntable.examples.slow;

/** The driver's jar stands after Spark's. */
final class DriverAfterSparkTest extends SparkScenarios {
  @Override
  String classPath(String sparkJars) {
    return Places.join(sparkJars, Places.DRIVER);
  }
}
