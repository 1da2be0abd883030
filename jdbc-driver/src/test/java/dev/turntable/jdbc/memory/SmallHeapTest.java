package dev.turntable.jdbc.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * In a JVM of 96 MB whatever does not fit fails alone, with 54000, and never for want of memory;
 * afterwards a point read is answered.
 */
@NullMarked
class SmallHeapTest {
  private static LargeService service;

  @BeforeAll
  static void start() throws IOException {
    service = new LargeService();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sorts",
        "one sort",
        "two-megabyte rows",
        "wide letters",
        "large bodies",
        "operators",
        "generated code",
        "open results",
        "scrollable results",
        "dropped",
        "answers kept for their age",
        "batches",
        "insert select",
        "long statements",
        "longer statements",
        "IN lists",
        "small statements",
        "open statements",
        "a million rows",
        "a million rows in generated code"
      })
  void runs(String scenario) throws Exception {
    List<String> lines = SmallHeap.run(service, scenario);
    System.out.println(String.join("\n", lines));
    assertThat(lines).last().isEqualTo("point read: true");
  }
}
