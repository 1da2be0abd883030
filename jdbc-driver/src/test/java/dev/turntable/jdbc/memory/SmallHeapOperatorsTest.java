package dev.turntable.jdbc.memory;

import static dev.turntable.jdbc.memory.SmallHeapAssertions.assertTooLarge;

import java.io.IOException;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * In a JVM of 96 MB whatever does not fit fails alone, with 54000, and never for want of memory;
 * afterwards a point read is answered: here, operators that keep rows. With {@code
 * -Dsmall.heap=full} it runs the numbers that are promised, else fewer statements of the same
 * sizes.
 */
@NullMarked
class SmallHeapOperatorsTest {
  private static SmallHeap heap;

  @BeforeAll
  static void start() throws IOException {
    heap = SmallHeap.start();
  }

  @AfterAll
  static void stop() {
    heap.close();
  }

  @Test
  void everyOperatorThatKeepsRowsCountsThem() throws Exception {
    assertTooLarge(heap.run("operators"));
  }

  @Test
  void soDoesGeneratedCode() throws Exception {
    assertTooLarge(heap.run("generated code"));
  }
}
