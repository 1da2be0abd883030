package dev.turntable.jdbc.memory;

import static dev.turntable.jdbc.memory.SmallHeapAssertions.OUTCOMES;
import static dev.turntable.jdbc.memory.SmallHeapAssertions.assertAllAnswered;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * In a JVM of 96 MB whatever does not fit fails alone, with 54000, and never for want of memory;
 * afterwards a point read is answered: here, statements, by their length and number. With {@code
 * -Dsmall.heap=full} it runs the numbers that are promised, else fewer statements of the same
 * sizes.
 */
@NullMarked
class SmallHeapStatementsTest {
  @RegisterExtension static final SmallHeap heap = new SmallHeap();

  @Test
  void longStatementsThatArePreparedAndClosed() throws Exception {
    heap.run("long statements").forEach(SmallHeapAssertions::assertAllAnswered);
  }

  @Test
  void statementsTenTimesAsLong() throws Exception {
    assertThat(heap.run("longer statements"))
        .allSatisfy(line -> assertThat(line).matches(OUTCOMES));
  }

  @Test
  void longInLists() throws Exception {
    heap.run("IN lists").forEach(SmallHeapAssertions::assertAllAnswered);
  }

  @Test
  void statementsThatStayOpen() throws Exception {
    List<String> lines = heap.run("open statements");
    assertThat(lines.get(0)).matches(OUTCOMES);
    assertAllAnswered(lines.get(1));
  }
}
