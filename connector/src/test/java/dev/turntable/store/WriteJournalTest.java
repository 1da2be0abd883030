package dev.turntable.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Which values of a write can be ids, and so are noted; texts that people wrote are none. */
final class WriteJournalTest {
  @Test
  void valuesThatNameSomething() {
    String longest = "x".repeat(255);
    assertThat(WriteJournal.ids(Arrays.asList("a", "tsk_1-2.3~", longest, "日本")))
        .containsExactly("a", "tsk_1-2.3~", longest, "日本");
  }

  @Test
  void valuesThatDoNot() {
    assertThat(
            WriteJournal.ids(
                Arrays.asList(
                    null,
                    7,
                    true,
                    "",
                    "two words",
                    "a\nb",
                    "a\tb",
                    "a,b",
                    ",",
                    "x".repeat(256),
                    "half \ud83d",
                    "\ud83d",
                    "a\0")))
        .isEmpty();
  }
}
