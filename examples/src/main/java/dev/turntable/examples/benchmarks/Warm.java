package dev.turntable.examples.benchmarks;

import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs a JMH benchmark that has the methods {@code turntable} and {@code other}, in turn. */
final class Warm {
  private static final int ROUNDS = 5;

  private final List<Long> turntable = new ArrayList<>();
  private final List<Long> other = new ArrayList<>();

  private Warm() {}

  /**
   * Measures medians.
   *
   * @param warmups how many iterations, of a second or of one run, warm up
   * @param iterations how many are measured
   * @param flags what the benchmark is told
   */
  static Warm of(Class<?> benchmark, int warmups, int iterations, List<String> flags)
      throws RunnerException {
    Warm warm = new Warm();
    for (int round = 0; round < ROUNDS; round++) {
      warm.turntable.add(median(benchmark, "turntable", warmups, iterations, flags));
      warm.other.add(median(benchmark, "other", warmups, iterations, flags));
    }
    return warm;
  }

  List<Long> turntable() {
    return turntable;
  }

  List<Long> other() {
    return other;
  }

  private static long median(
      Class<?> benchmark, String method, int warmups, int iterations, List<String> flags)
      throws RunnerException {
    RunResult result =
        new Runner(
                new OptionsBuilder()
                    .include("^" + benchmark.getName() + "." + method + "$")
                    .forks(1)
                    .warmupIterations(warmups)
                    .warmupTime(TimeValue.seconds(1))
                    .measurementIterations(iterations)
                    .measurementTime(TimeValue.seconds(1))
                    .jvmArgsAppend(flags.toArray(String[]::new))
                    .verbosity(VerboseMode.SILENT)
                    .shouldFailOnError(true)
                    .build())
            .runSingle();
    return Math.round(result.getPrimaryResult().getStatistics().getPercentile(50));
  }
}
