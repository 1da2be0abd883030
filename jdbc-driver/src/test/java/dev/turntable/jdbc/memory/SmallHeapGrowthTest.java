package dev.turntable.jdbc.memory;

import static dev.turntable.jdbc.memory.SmallHeapAssertions.assertAllAnswered;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * In a JVM of 96 MB, which has done nothing else before, statements leave nothing. With {@code
 * -Dsmall.heap=full} it runs as many as are promised, else fewer.
 */
@NullMarked
class SmallHeapGrowthTest {
  /** Calcite keeps types, with the names of columns, only as long as there is memory. */
  @RegisterExtension static final SmallHeap heap = new SmallHeap("-XX:SoftRefLRUPolicyMSPerMB=0");

  @Test
  void manySmallStatementsLeaveTheHeapFlat() throws Exception {
    List<String> lines = heap.run("small statements");
    assertThat(lines.get(0)).matches("grown by \\d+ bytes a statement");
    // What is kept of a statement without a bound is a KiB at least. Of these the log of requests,
    // which is far from full, keeps half of that each, with its text and URL.
    assertThat(Integer.parseInt(lines.get(0).replaceAll("\\D", ""))).isLessThan(900);
    assertAllAnswered(lines.get(1));
  }
}
