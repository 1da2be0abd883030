package dev.turntable.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turntable.source.ConnectionLimits;
import dev.turntable.source.ConnectionScope;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A write whose answer was lost is looked for, as often as there are pauses, and never again. */
class SettlementTest {
  private static final TurntableException LOST =
      new TurntableException(ErrorKind.CONNECTION_LOST, "POST /tasks had no answer");

  private final Settlement settlement =
      new Settlement(List.of(Duration.ZERO, Duration.ofMillis(1), Duration.ofMillis(1)));
  private final StatementScope scope =
      new ConnectionScope(ConnectionLimits.DEFAULT).statement("INSERT", Duration.ZERO);
  private final AtomicInteger looks = new AtomicInteger();

  private String settle(Supplier<@Nullable String> look) {
    return settlement.settle(
        scope,
        LOST,
        "look for the title",
        () -> {
          looks.incrementAndGet();
          return look.get();
        });
  }

  private void isUnknown(Supplier<@Nullable String> look) {
    assertThatThrownBy(() -> settle(look))
        .isInstanceOfSatisfying(
            TurntableException.class,
            e -> assertThat(e.kind()).isEqualTo(ErrorKind.OUTCOME_UNKNOWN))
        .hasMessage("POST /tasks had no answer; look for the title")
        .hasCause(LOST);
  }

  @Test
  void whatIsSeenIsTheResultAndEndsTheLooking() {
    assertThat(settle(() -> looks.get() < 2 ? null : "tsk_1")).isEqualTo("tsk_1");
    assertThat(looks).hasValue(2);
  }

  @Test
  void whatIsNeverSeenIsUnknown() {
    isUnknown(() -> null);
    assertThat(looks).hasValue(3);
  }

  /** One failed look says nothing: the service may be busy. */
  @Test
  void aFailedLookIsFollowedByAnother() {
    assertThat(
            settle(
                () -> {
                  if (looks.get() == 1) {
                    throw new TurntableException(ErrorKind.BAD_ANSWER, "503");
                  }
                  return "tsk_1";
                }))
        .isEqualTo("tsk_1");
  }

  @Test
  void aStatementThatHasEndedLooksNoMore() {
    scope.cancel();
    isUnknown(() -> "tsk_1");
    assertThat(looks).hasValue(0);
  }
}
