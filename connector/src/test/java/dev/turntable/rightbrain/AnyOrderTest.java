package dev.turntable.rightbrain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A run that is there throughout comes exactly once, in whatever order the service lists runs,
 * however many are of one moment, and whatever comes and goes meanwhile.
 */
final class AnyOrderTest {
  private static final int LISTS = 1000;
  private static final Instant END = Instant.parse("2026-05-01T00:00:00Z");

  /** How the service lists. */
  enum Order {
    NEWEST_FIRST {
      @Override
      void arrange(List<Run> runs, Random random) {
        runs.sort(Comparator.comparing(Run::created).reversed());
      }
    },
    OLDEST_FIRST {
      @Override
      void arrange(List<Run> runs, Random random) {
        runs.sort(Comparator.comparing(Run::created));
      }
    },
    SHUFFLED {
      @Override
      void arrange(List<Run> runs, Random random) {
        Collections.shuffle(runs, random);
      }
    },
    /** As by a replica that lags behind: a few runs come hundreds of places late. */
    SOME_LATE {
      @Override
      void arrange(List<Run> runs, Random random) {
        NEWEST_FIRST.arrange(runs, random);
        for (int i = 0; i < 5 && !runs.isEmpty(); i++) {
          Run late = runs.remove(random.nextInt(runs.size()));
          runs.add(Math.min(runs.size(), random.nextInt(runs.size() + 1) + 440), late);
        }
      }
    },
    /** By another time than that of creation: close to the order, nowhere quite in it. */
    NEARLY {
      @Override
      void arrange(List<Run> runs, Random random) {
        NEWEST_FIRST.arrange(runs, random);
        for (int i = 0; i + 20 < runs.size(); i += 10) {
          Collections.shuffle(runs.subList(i, i + 20), random);
        }
      }
    },
    /** One half after the other, as of two databases. */
    TWO_LISTS {
      @Override
      void arrange(List<Run> runs, Random random) {
        NEWEST_FIRST.arrange(runs, random);
        List<Run> odd = new ArrayList<>();
        for (int i = runs.size() - 1; i > 0; i -= 2) {
          odd.add(0, runs.remove(i));
        }
        runs.addAll(odd);
      }
    };

    abstract void arrange(List<Run> runs, Random random);
  }

  @Test
  void everyRunOnceInAThousandRandomLists() {
    for (int seed = 0; seed < LISTS; seed++) {
      Random random = new Random(seed);
      List<Run> runs = runs(random);
      Order.values()[random.nextInt(Order.values().length)].arrange(runs, random);
      WindowedScan scan = new WindowedScan(runs);
      boolean changes = random.nextBoolean();
      int parallel = 2 + random.nextInt(7);
      int[] made = {0};
      scan.read(
          parallel,
          random::nextDouble,
          () -> {
            if (changes && scan.size() > 0) {
              scan.remove(random.nextInt(scan.size()));
              Run run =
                  WindowedScan.run("new" + made[0]++, moment(random, 1 << random.nextInt(30)));
              scan.insert(random.nextInt(scan.size() + 1), run);
            }
          });
      scan.hasReadEveryRunOnce();
    }
  }

  /** From few to some thousands, over anything from a moment to years, some of them in clumps. */
  private static List<Run> runs(Random random) {
    int count = random.nextInt(5) == 0 ? random.nextInt(6000) : random.nextInt(2500);
    int seconds = 1 << random.nextInt(27);
    Instant clump = moment(random, seconds);
    int clumped = random.nextInt(4) == 0 ? 2 : 50;
    List<Run> runs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      boolean same = random.nextInt(clumped) == 0;
      runs.add(WindowedScan.run("r" + i, same ? clump : moment(random, seconds)));
    }
    return runs;
  }

  private static Instant moment(Random random, int seconds) {
    return END.minusSeconds(random.nextInt(seconds)).minusNanos(random.nextInt(1_000_000) * 1000L);
  }

  /** Thousands of one moment cannot be cut: they come one page after the other, and all of them. */
  @ParameterizedTest
  @EnumSource
  void thousandsOfOneMoment(Order order) {
    Random random = new Random(1);
    List<Run> runs = runs(random);
    for (int i = 0; i < 4000; i++) {
      runs.add(WindowedScan.run("same" + i, END.minusSeconds(30)));
    }
    order.arrange(runs, random);
    WindowedScan scan = new WindowedScan(runs);
    scan.read(8, () -> 1);
    scan.hasReadEveryRunOnce();
  }

  @ParameterizedTest
  @EnumSource(names = {"NEWEST_FIRST", "OLDEST_FIRST", "SOME_LATE"})
  void hundredPagesAreReadSideBySide(Order order) {
    Random random = new Random(3);
    List<Run> runs = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      runs.add(WindowedScan.run("r" + i, moment(random, 90 * 86_400)));
    }
    order.arrange(runs, random);
    WindowedScan scan = new WindowedScan(runs);
    scan.read(8, () -> 1);
    scan.hasReadEveryRunOnce();
    assertThat(scan.time()).isLessThanOrEqualTo(21);
    assertThat(scan.requests()).isLessThanOrEqualTo(122);
  }

  /** Nothing tells how many runs there are, so twice as many pages are read before windows begin. */
  @Test
  void shuffledListsToo() {
    Random random = new Random(3);
    List<Run> runs = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      runs.add(WindowedScan.run("r" + i, moment(random, 90 * 86_400)));
    }
    Collections.shuffle(runs, random);
    WindowedScan scan = new WindowedScan(runs);
    scan.read(8, () -> 1);
    scan.hasReadEveryRunOnce();
    assertThat(scan.time()).isLessThanOrEqualTo(30);
    assertThat(scan.requests()).isLessThanOrEqualTo(122);
  }
}
