package dev.turntable.examples.benchmarks;

import java.util.Locale;

/** What the harness tells the processes that JMH starts. */
enum Settings {
  /** Where the service is. */
  URL,
  /** The same for JDBC. */
  JDBC_URL,
  /** A task that exists. */
  TASK,
  /** A worker that has a log. */
  WORKER,
  /** The directory of the rows for plain Calcite. */
  ROWS;

  private String property() {
    return "turntable.benchmarks." + name().toLowerCase(Locale.ROOT);
  }

  String value() {
    String value = System.getProperty(property());
    if (value == null) {
      throw new IllegalStateException(property() + " is not set; use examples/benchmarks/run");
    }
    return value;
  }

  String flag(String value) {
    return "-D" + property() + "=" + value;
  }
}
