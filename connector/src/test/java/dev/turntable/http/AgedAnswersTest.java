package dev.turntable.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Answers are kept while they are young, bounded, and over no write. */
final class AgedAnswersTest {
  private static final long MIB = 1L << 20;

  private final AgedAnswers answers = new AgedAnswers(Duration.ofHours(1));

  private static SharedAnswer<String> answer(String body, long bytes) {
    return new SharedAnswer<>(Instant.EPOCH, 200, bytes, body, null);
  }

  private void put(String key, long bytes) {
    answers.put(key, answer(key, bytes), answers.generation());
  }

  private boolean has(String key) {
    return answers.find(key) != null;
  }

  @Test
  void aYoungAnswerIsFound() {
    put("a", 10);
    assertThat(answers.<String>find("a")).isEqualTo(answer("a", 10));
    assertThat(has("b")).isFalse();
  }

  @Test
  void anOldOneIsNot() {
    AgedAnswers brief = new AgedAnswers(Duration.ofNanos(1));
    brief.put("a", answer("a", 10), brief.generation());
    long stored = System.nanoTime();
    while (System.nanoTime() - stored < 1000) {
      Thread.onSpinWait();
    }
    assertThat(brief.<String>find("a")).isNull();
  }

  @Test
  void withoutAnAgeThereAreNone() {
    assertThat(answers.isOn()).isTrue();
    assertThat(new AgedAnswers(Duration.ZERO).isOn()).isFalse();
  }

  @Test
  void aWriteForgetsAll() {
    put("a", 10);
    put("b", 10);
    answers.clear();
    assertThat(has("a") || has("b")).isFalse();
  }

  /** The service may have answered before it wrote. */
  @Test
  void anAnswerThatWasAskedForBeforeAWriteIsNotKept() {
    long sent = answers.generation();
    answers.clear();
    answers.put("a", answer("a", 10), sent);
    assertThat(has("a")).isFalse();
    put("a", 10);
    assertThat(has("a")).isTrue();
  }

  /** 64 MiB of records, which take about twice the bytes of their JSON. */
  @Test
  void theOldestGoWhereRoomIsShort() {
    put("a", 12 * MIB);
    put("b", 12 * MIB);
    assertThat(has("a") && has("b")).isTrue();
    put("c", 12 * MIB);
    assertThat(has("a")).isFalse();
    assertThat(has("b") && has("c")).isTrue();
    put("d", 20 * MIB);
    assertThat(has("b") || has("c")).as("24 and 40 MiB, and a little for each").isFalse();
    assertThat(has("d")).isTrue();
  }

  @Test
  void oneThatIsReplacedTakesItsRoomOnce() {
    put("a", 12 * MIB);
    for (int i = 0; i < 10; i++) {
      put("b", 12 * MIB);
    }
    assertThat(has("a") && has("b")).isTrue();
  }

  @Test
  void oneThatIsTooLargeIsNotKept() {
    put("a", 10);
    put("b", 32 * MIB);
    assertThat(has("a")).isTrue();
    assertThat(has("b")).isFalse();
    put("c", 20 * MIB);
    put("d", 20 * MIB);
    assertThat(has("a")).isFalse();
    assertThat(has("d")).isTrue();
  }

  @Test
  void roomIsFreeAgainAfterAWrite() {
    put("a", 20 * MIB);
    answers.clear();
    put("b", 12 * MIB);
    put("c", 8 * MIB);
    assertThat(has("b") && has("c")).isTrue();
  }
}
