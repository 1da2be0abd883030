package dev.turntable.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The memory that all share: who gets it, who gives way, and how it comes back. */
class MemoryBudgetTest {
  private static final long SIZE = 64_000;

  private final MemoryBudget budget = new MemoryBudget(SIZE);

  @Test
  void whatDoesNotFitFailsAloneAndSaysWhatAndHowMuch() {
    MemoryAccount large = budget.open();
    MemoryAccount other = budget.open();
    other.take(10_000, use());
    assertThatThrownBy(() -> large.take(60_000, use()))
        .isInstanceOfSatisfying(
            TurntableException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.TOO_LARGE))
        .hasMessageContainingAll("the rows of x", "58 KiB", "62 KiB", "use fewer", "-Xmx");
    assertThat(large.held()).isZero();
    assertThat(other.held()).isEqualTo(10_000);
    assertThat(budget.used()).isEqualTo(10_000);
  }

  /** However many take at once: none of it is forgotten. */
  @Test
  void everybodysShareIsCounted() throws Exception {
    MemoryBudget large = new MemoryBudget(1L << 40);
    MemoryAccount account = large.open();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Thread thread =
          new Thread(
              () -> {
                for (int take = 0; take < 50_000; take++) {
                  account.take(3, use());
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(large.used()).isEqualTo(8 * 50_000 * 3L);
    assertThat(account.held()).isEqualTo(8 * 50_000 * 3L);
  }

  @Test
  void theLastPartIsForThoseWhoHoldLittle() {
    MemoryAccount large = budget.open();
    assertThat(large.tryTake(SIZE * 7 / 8)).isTrue();
    assertThat(large.tryTake(1)).isFalse();
    MemoryAccount small = budget.open();
    assertThat(small.tryTake(SIZE / 32)).isTrue();
    assertThat(small.tryTake(1)).isFalse();
  }

  /** Also where somebody has just looked for it in vain. */
  @Test
  void whatWasDroppedComesBackToWhoRunsShort() {
    List<MemoryAccount> held = new ArrayList<>(List.of(budget.open()));
    assertThat(held.get(0).tryTake(50_000)).isTrue();
    MemoryAccount other = budget.open();
    assertThat(other.tryTake(40_000)).as("in use").isFalse();
    held.clear();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60); // as long as a collection, tenfold
    while (!other.tryTake(40_000)) {
      assertThat(System.nanoTime()).as("memory of an account that was dropped").isLessThan(end);
    }
    assertThat(budget.used()).isEqualTo(40_000);
  }

  @Test
  void whatIsKeptForLaterTakesHalfAndGivesWay() {
    Cache cache = new Cache();
    Cache other = new Cache();
    for (int i = 0; i < 40; i++) {
      (i % 2 == 0 ? cache : other).put(1000);
    }
    assertThat(cache.account.held() + other.account.held()).isEqualTo(SIZE / 2);
    MemoryAccount statement = budget.open();
    statement.take(50_000, use());
    assertThat(budget.used()).isLessThanOrEqualTo(SIZE * 7 / 8);
    cache.put(1000);
    assertThat(cache.account.held()).isZero();
    statement.close();
    cache.put(1000);
    assertThat(cache.account.held()).isEqualTo(1000);
  }

  @Test
  void closingReturnsEverythingAndWhatComesLaterTakesNothing() {
    MemoryAccount account = budget.open();
    account.take(5000, use());
    account.give(2000);
    account.close();
    assertThat(budget.used()).isZero();
    account.give(3000);
    account.take(4000, use());
    account.takeAnyway(4000);
    account.close();
    assertThat(budget.used()).isZero();
  }

  /** A thread that still works for a closed statement finds that out later; meanwhile it holds nothing. */
  @Test
  void whatIsTakenAfterTheCloseIsGivenBackAtOnce() {
    MemoryAccount account = budget.open();
    account.take(1000, use());
    account.close();
    account.take(4000, use());
    assertThat(account.held()).isZero();
    assertThat(budget.used()).isZero();
    account.takeAnyway(2000);
    assertThat(budget.used()).isZero();
  }

  /** The cache that wants room makes it of its own first: what it keeps is older. */
  @Test
  void whatIsKeptForLaterMakesRoomForTheNewest() {
    Cache old = new Cache();
    Cache wants = new Cache();
    old.put(SIZE / 4);
    wants.put(SIZE / 4);
    wants.put(SIZE / 8);
    assertThat(old.account.held()).isEqualTo(SIZE / 4);
    assertThat(wants.account.held()).as("the older of its own went").isEqualTo(SIZE / 8);
    wants.put(SIZE / 2);
    assertThat(old.account.held()).isZero();
    assertThat(wants.account.held()).isEqualTo(SIZE / 2);
    wants.put(SIZE / 2 + 1);
    assertThat(wants.account.held()).as("no room for so much").isZero();
  }

  @Test
  void thereIsRoomUpToThreeQuarters() {
    MemoryAccount account = budget.open();
    account.take(SIZE / 2, use());
    assertThat(budget.hasRoom(SIZE / 4 - 1)).isTrue();
    assertThat(budget.hasRoom(SIZE / 4)).isFalse();
    account.give(1);
    assertThat(budget.hasRoom(SIZE / 4)).isTrue();
  }

  @Test
  void aRefusalCountsWhatTheStatementHoldsAndWhatAllHave() {
    MemoryAccount account = budget.open();
    account.take(30_720, use());
    assertThat(account.refused(20_480, use()))
        .hasMessageContainingAll(
            "50 KiB for this statement", "share 62 KiB", "of which 30 KiB are");
    assertThat(MemoryAccount.shown(1)).isEqualTo("1 KiB");
    assertThat(MemoryAccount.shown((1 << 20) - 1)).isEqualTo("1023 KiB");
    assertThat(MemoryAccount.shown(1 << 20)).isEqualTo("1 MiB");
    assertThat(MemoryAccount.shown(3 << 19)).as("half a MiB rounds up").isEqualTo("2 MiB");
    assertThat(budget.largestBody()).isEqualTo(SIZE / 8);
  }

  /** No time is measured: whoever runs short asks the collector, and waits for what it tells. */
  @Test
  void whatIsDroppedWithoutBeingClosedComesBack() {
    for (int i = 0; i < 200; i++) {
      budget.open().take(SIZE / 32, use());
    }
    assertThat(budget.used()).isLessThanOrEqualTo(SIZE);
  }

  @Test
  void theLogKeepsTheBeginningOfLongTextAndWhatFitsItsPart() {
    String sql = "SELECT '" + "x".repeat(100_000) + "'";
    assertThat(RequestLog.shortened(sql))
        .hasSize(4096)
        .startsWith("SELECT 'xxx")
        .endsWith("… (shortened)");
    String pairs = "😀".repeat(5000);
    assertThat(Utf16.isWellFormed(RequestLog.shortened(pairs))).isTrue();
    assertThat(Utf16.isWellFormed(RequestLog.shortened("x" + pairs))).isTrue();
    assertThat(RequestLog.shortened("SELECT 1")).isEqualTo("SELECT 1");
  }

  @Test
  void textIsCountedByWhatItsLettersTake() {
    assertThat(ValueSize.of("x".repeat(1000))).isEqualTo(1040);
    assertThat(ValueSize.of("ж".repeat(1000))).isEqualTo(2040);
    assertThat(ValueSize.of("x".repeat(999) + "ж")).isEqualTo(2040);
    assertThat(ValueSize.of(null)).isZero();
    assertThat(ValueSize.of(List.of("x".repeat(1000), "y".repeat(1000)))).isGreaterThan(2000);
  }

  private static MemoryUse use() {
    return new MemoryUse("the rows of x", "use fewer");
  }

  /** Keeps numbers as if they were as large as they say. */
  private final class Cache implements MemoryBudget.Reclaimable {
    private final MemoryAccount account = budget.open();
    private final List<Long> sizes = new ArrayList<>();

    Cache() {
      budget.add(this);
    }

    void put(long size) {
      if (account.tryTakeForLater(size, this)) {
        sizes.add(size);
      }
    }

    @Override
    public void giveWay(long bytes) {
      for (long freed = 0; freed < bytes && !sizes.isEmpty(); ) {
        long size = sizes.remove(0);
        account.give(size);
        freed += size;
      }
    }
  }
}
