package dev.turntable.jdbc.memory;

import static dev.turntable.jdbc.memory.SmallHeapAssertions.OUTCOMES;
import static dev.turntable.jdbc.memory.SmallHeapAssertions.assertAnswered;
import static dev.turntable.jdbc.memory.SmallHeapAssertions.assertTooLarge;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * In a JVM of 96 MB whatever does not fit fails alone, with 54000, and never for want of memory;
 * afterwards a point read is answered: here, rows. With {@code -Dsmall.heap=full} it runs the
 * numbers that are promised, else fewer statements of the same sizes.
 */
@NullMarked
class SmallHeapRowsTest {
  @RegisterExtension static final SmallHeap heap = new SmallHeap();

  @Test
  void manySortsAtOnceAnswerOrFailAlone() throws Exception {
    assertThat(heap.run("sorts")).singleElement().asString().matches(OUTCOMES);
  }

  @Test
  void aSortThatFitsAndALongScanAreAnswered() throws Exception {
    assertAnswered(heap.run("one sort"));
  }

  @Test
  void rowsOfTwoMegabytes() throws Exception {
    List<String> lines = heap.run("two-megabyte rows");
    assertAnswered(lines.subList(0, 1));
    assertTooLarge(lines.subList(1, 2));
  }

  @Test
  void lettersThatTakeTwoBytesAreCountedAsTwo() throws Exception {
    List<String> lines = heap.run("wide letters");
    assertAnswered(lines.subList(0, 1));
    assertTooLarge(lines.subList(1, lines.size()));
  }

  @Test
  void aBodyTakesAnEighthAtMost() throws Exception {
    List<String> lines = heap.run("large bodies");
    for (String line : lines) {
      assertThat(line)
          .matches("\\w+( \\d+)?: (answered|54000 handinger\\.tasks: .*GET /api/tasks/.*)");
      Matcher size = Pattern.compile("\\w (\\d+): .*").matcher(line);
      if (size.matches()) {
        int megabytes = Integer.parseInt(size.group(1));
        assertThat(line.endsWith("answered"))
            .as(line)
            .isEqualTo(megabytes == 1 || (megabytes == 3 && line.startsWith("a")));
      }
    }
  }

  @Test
  void aMillionRowsThatCannotBeKept() throws Exception {
    assertTooLarge(heap.run("a million rows"));
  }

  @Test
  void aMillionRowsInGeneratedCode() throws Exception {
    assertTooLarge(heap.run("a million rows in generated code"));
  }
}
