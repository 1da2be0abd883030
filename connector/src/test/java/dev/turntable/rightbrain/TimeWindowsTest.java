package dev.turntable.rightbrain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What windows cost and what they save, in a time of its own: whichever order runs are listed and
 * answers come in, no run is lost or doubled. A scan of 100 pages takes at most 21 times as long as a
 * request where runs lie evenly, and 22 requests more than it has pages.
 */
final class TimeWindowsTest {
  private static final int PARALLEL = 8;
  private static final int SEEDS = 8;

  /** Where in a span of time the given part of all runs lies. */
  enum Density {
    EVEN(part -> part),
    GROWING(Math::sqrt),
    GROWING_FAST(part -> 1 + Math.log(0.001 + 0.999 * part) / Math.log(1000)),
    SHRINKING(part -> part * part),
    SHRINKING_FAST(part -> Math.pow(part, 4)),
    STEPS(part -> (Math.floor(part * 7) + Math.pow(part * 7 % 1, 8)) / 7),
    ONE_BURST(part -> part < 0.1 ? part : part < 0.9 ? 0.1 + part / 1000 : part);

    final DoubleUnaryOperator place;

    Density(DoubleUnaryOperator place) {
      this.place = place;
    }
  }

  /** How long an answer takes. */
  enum Latency {
    EQUAL {
      @Override
      DoubleSupplier of(Random random) {
        return () -> 1;
      }
    },
    UNSTEADY {
      @Override
      DoubleSupplier of(Random random) {
        return random::nextDouble;
      }
    },
    MOSTLY_SHORT {
      @Override
      DoubleSupplier of(Random random) {
        return () -> random.nextInt(6) == 0 ? 40 : 0.1;
      }
    },
    EVER_LONGER {
      @Override
      DoubleSupplier of(Random random) {
        return new DoubleSupplier() {
          private double last = 1;

          @Override
          public double getAsDouble() {
            return last *= 1.05;
          }
        };
      }
    };

    abstract DoubleSupplier of(Random random);
  }

  @ParameterizedTest
  @EnumSource
  void hundredPagesTakeAtMost126RequestsWhereverTheyLie(Density density) {
    for (Latency latency : Latency.values()) {
      for (int seed = 0; seed < SEEDS; seed++) {
        Random random = new Random(seed);
        WindowedScan scan = WindowedScan.of(10_000, density.place, random);
        scan.read(PARALLEL, latency.of(random));
        assertThat(scan.requests()).as("%s, seed %d", latency, seed).isBetween(100, 126);
        scan.hasReadEveryRunOnce();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void longerScansTakeAtMostAFifthMore(Density density) {
    for (int seed = 0; seed < 3; seed++) {
      Random random = new Random(seed);
      WindowedScan scan = WindowedScan.of(30_000, density.place, random);
      scan.read(PARALLEL, Latency.UNSTEADY.of(random));
      assertThat(scan.requests()).as("seed %d", seed).isBetween(300, 360);
      scan.hasReadEveryRunOnce();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 100, 101, 250, 300})
  void upToThreePagesTakeNoneMore(int count) {
    for (Density density : Density.values()) {
      WindowedScan scan = WindowedScan.of(count, density.place, new Random(1));
      scan.read(PARALLEL, () -> 1);
      assertThat(scan.requests()).isEqualTo(Math.max(1, (count + 99) / 100));
      scan.hasReadEveryRunOnce();
    }
  }

  /** One request tells that little is left, or else the first three pages are read once more. */
  @ParameterizedTest
  @ValueSource(ints = {4, 5, 8, 12, 18})
  void aFewPagesTakeOneMore(int count) {
    WindowedScan scan = WindowedScan.of(count * 100, Density.EVEN.place, new Random(count));
    scan.read(PARALLEL, () -> 1);
    assertThat(scan.requests()).isEqualTo(count + 1);
    scan.hasReadEveryRunOnce();
  }

  @Test
  void hundredEvenPagesTake21TimesAsLongAsOneAnd122Requests() {
    for (int seed = 0; seed < SEEDS; seed++) {
      WindowedScan scan = WindowedScan.of(10_000, Density.EVEN.place, new Random(seed));
      scan.read(PARALLEL, () -> 1);
      assertThat(scan.time()).as("seed %d", seed).isLessThanOrEqualTo(21);
      assertThat(scan.requests()).as("seed %d", seed).isLessThanOrEqualTo(122);
      assertThat(scan.peak()).isEqualTo(PARALLEL);
    }
  }

  @Test
  void tenBurstsOfTenPagesTake28TimesAsLongAsOneAnd130Requests() {
    WindowedScan scan = WindowedScan.ofBursts();
    scan.read(PARALLEL, () -> 1);
    assertThat(scan.time()).isLessThanOrEqualTo(28);
    assertThat(scan.requests()).isLessThanOrEqualTo(130);
    scan.hasReadEveryRunOnce();
  }

  /** Every window would read all of it: that shows in the first page, and one list is read instead. */
  @ParameterizedTest
  @EnumSource
  void aServiceThatDisregardsDatesIsReadOnce(Density density) {
    WindowedScan scan = WindowedScan.of(10_000, density.place, new Random(5)).withoutDates();
    scan.read(PARALLEL, () -> 1);
    scan.hasReadEveryRunOnce();
    assertThat(scan.requests()).isBetween(100, 126);
  }

  @ParameterizedTest
  @EnumSource
  void oneAtATimeIsNotCut(Density density) {
    WindowedScan scan = WindowedScan.of(10_000, density.place, new Random(7));
    scan.read(1, () -> 1);
    assertThat(scan.requests()).isEqualTo(100);
    scan.hasReadEveryRunOnce();
  }
}
