package dev.turntable.examples.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * One measure.
 *
 * @param what is measured
 * @param turntable Turntable's figure, with unit
 * @param other the figure of the alternative, with unit
 * @param ratio of the two
 * @param target what it should be, or empty
 * @param met whether it is
 */
record Figure(
    String what, String turntable, String other, String ratio, String target, boolean met) {

  /** Times of Turntable and of an alternative, in nanoseconds; the ratio is to be small. */
  static Figure atMost(String what, List<Long> turntable, List<Long> other, double target) {
    double ratio = median(turntable) / median(other);
    return new Figure(
        what,
        time(median(turntable)),
        time(median(other)),
        number(ratio),
        "≤ " + number(target),
        ratio <= target);
  }

  /** Times that have no target, to be read beside those that have one. */
  static Figure beside(String what, List<Long> turntable, List<Long> other) {
    double ratio = median(turntable) / median(other);
    return new Figure(what, time(median(turntable)), time(median(other)), number(ratio), "", true);
  }

  static double median(List<? extends Number> values) {
    double[] sorted = values.stream().mapToDouble(Number::doubleValue).sorted().toArray();
    return DoubleStream.of(sorted).skip((sorted.length - 1) / 2).findFirst().orElseThrow();
  }

  static String time(double nanos) {
    return nanos >= 1e9
        ? number(nanos / 1e9) + " s"
        : nanos >= 1e6 ? number(nanos / 1e6) + " ms" : number(nanos / 1e3) + " µs";
  }

  static String number(double value) {
    String format = value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : value >= 0.1 ? "%.2f" : "%.5f";
    return String.format(Locale.ROOT, format, value);
  }

  String row() {
    return String.join(" | ", "| " + what, turntable, other, ratio, target, verdict() + " |");
  }

  private String verdict() {
    return target.isEmpty() ? "" : met ? "yes" : "**no**";
  }
}
