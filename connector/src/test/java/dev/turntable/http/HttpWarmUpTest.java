package dev.turntable.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class HttpWarmUpTest {
  /** A failure in the background would be seen by nobody, and the time it saves would be lost. */
  @Test
  void theRequestThatIsNotSentIsAnswered() {
    assertThat(HttpWarmUp.run()).isEqualTo(new HttpWarmUp.Entry("a", 1L));
  }
}
