package dev.turntable.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Looking for a text in another finds what Java finds, in steps that do not multiply. */
class SearchTest {
  private static final Runnable NO_CHECK = () -> {};

  private static String letters(Random random, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append((char) ('a' + random.nextInt(2)));
    }
    return text.toString();
  }

  @Test
  void findsAndReplacesAsJavaDoes() {
    Random random = new Random(5);
    for (int round = 0; round < 20_000; round++) {
      String part = letters(random, 1 + random.nextInt(24));
      String text = letters(random, random.nextInt(10)) + part.repeat(random.nextInt(4));
      text += letters(random, random.nextInt(30));
      Search search = new Search(part, NO_CHECK);
      int from = random.nextInt(text.length() + 1);
      assertThat(search.in(text, from))
          .as(part + " in " + text)
          .isEqualTo(text.indexOf(part, from));
      assertThat(search.replaced(text, "-")).isEqualTo(text.replace(part, "-"));
      assertThat(Search.contains(text, part, NO_CHECK)).isEqualTo(text.contains(part));
    }
  }

  /** By trying at every place, each of these would take 10^13 steps. */
  @Test
  void takesAsManyStepsAsTheTextsAreLong() {
    String text = "a".repeat(10_000_000);
    String part = "a".repeat(1_000_000) + "b";
    assertThat(new Search(part, NO_CHECK).in(text, 0)).isEqualTo(-1);
    assertThat(Characters.position(part, text, NO_CHECK)).isZero();
    assertThat(LikePattern.of("%" + part + "%", null, false).matches(text, NO_CHECK)).isFalse();
    assertThat(LenientTextFunctions.splitPart(text, part, 2, NO_CHECK)).isEmpty();
  }

  @Test
  void looksWhetherToGoOn() {
    AtomicInteger looks = new AtomicInteger();
    String text = "a".repeat(1_000_000);
    new Search("a".repeat(20) + "b", looks::incrementAndGet).in(text, 0);
    assertThat(looks.get()).isGreaterThan(10);
    looks.set(0);
    LikePattern.of("%a_b%", null, false).matches(text, looks::incrementAndGet);
    assertThat(looks.get()).isGreaterThan(100);
  }
}
