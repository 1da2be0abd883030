package dev.turntable.jdbc.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.NullMarked;

/** What scenarios in a small heap may say. */
@NullMarked
final class SmallHeapAssertions {
  /** What the main says of a scenario, or of all like it: how often each outcome came about. */
  static final String OUTCOMES = "[^:]+: (?:(?:54000|answered) x \\d+(?:, )?)+";

  private SmallHeapAssertions() {}

  static void assertAnswered(List<String> lines) {
    assertThat(lines).isNotEmpty().allSatisfy(line -> assertThat(line).endsWith(": answered"));
  }

  /** Each of them names what is too large, how large, and what to do. */
  static void assertTooLarge(List<String> lines) {
    assertThat(lines)
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line).contains(": 54000 ", "iB", "-Xmx"));
  }

  static void assertAllAnswered(String line) {
    assertThat(line).matches("[^:]+: answered x \\d+");
  }
}
