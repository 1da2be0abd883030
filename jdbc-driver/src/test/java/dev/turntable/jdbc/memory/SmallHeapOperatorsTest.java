package dev.turntable.jdbc.memory;

import static dev.turntable.jdbc.memory.SmallHeapAssertions.assertTooLarge;

import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * In a JVM of 96 MB whatever does not fit fails alone, with 54000, and never for want of memory;
 * afterwards a point read is answered: here, operators that keep rows. With {@code
 * -Dsmall.heap=full} it runs the numbers that are promised, else fewer statements of the same
 * sizes.
 */
@NullMarked
class SmallHeapOperatorsTest {
  @RegisterExtension static final SmallHeap heap = new SmallHeap();

  @Test
  void everyOperatorThatKeepsRowsCountsThem() throws Exception {
    assertTooLarge(heap.run("operators"));
  }

  @Test
  void soDoesGeneratedCode() throws Exception {
    assertTooLarge(heap.run("generated code"));
  }
}
