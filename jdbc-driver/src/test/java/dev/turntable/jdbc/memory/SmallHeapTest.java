package dev.turntable.jdbc.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * In a JVM of 96 MB whatever does not fit fails alone, with 54000, and never for want of memory;
 * afterwards a point read is answered. With {@code -Dsmall.heap=full} it runs the numbers that are
 * promised, else fewer statements of the same sizes.
 */
@NullMarked
class SmallHeapTest {
  /** What the main says of a scenario, or of all like it: how often each outcome came about. */
  private static final Pattern OUTCOMES =
      Pattern.compile("[^:]+: (?:(?:54000|answered) x \\d+(?:, )?)+");

  private static LargeService service;

  @BeforeAll
  static void start() throws IOException {
    service = new LargeService();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  /** Returns what a scenario says, less the point read at its end. */
  private static List<String> run(String scenario) throws Exception {
    List<String> lines = SmallHeap.run(service, scenario);
    assertThat(lines).last().isEqualTo("point read: true");
    assertThat(lines)
        .allSatisfy(line -> assertThat(line).doesNotContainIgnoringCase("out of memory", "OutOf"));
    return lines.subList(0, lines.size() - 1);
  }

  private static void assertAnswered(List<String> lines) {
    assertThat(lines).isNotEmpty().allSatisfy(line -> assertThat(line).endsWith(": answered"));
  }

  /** Each of them names what is too large, how large, and what to do. */
  private static void assertTooLarge(List<String> lines) {
    assertThat(lines)
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line).contains(": 54000 ", "iB", "-Xmx"));
  }

  private static void assertAllAnswered(String line) {
    assertThat(line).matches("[^:]+: answered x \\d+");
  }

  @Test
  void manySortsAtOnceAnswerOrFailAlone() throws Exception {
    assertThat(run("sorts")).singleElement().asString().matches(OUTCOMES);
  }

  @Test
  void aSortThatFitsAndALongScanAreAnswered() throws Exception {
    assertAnswered(run("one sort"));
  }

  @Test
  void rowsOfTwoMegabytes() throws Exception {
    List<String> lines = run("two-megabyte rows");
    assertAnswered(lines.subList(0, 1));
    assertTooLarge(lines.subList(1, 2));
  }

  @Test
  void lettersThatTakeTwoBytesAreCountedAsTwo() throws Exception {
    List<String> lines = run("wide letters");
    assertAnswered(lines.subList(0, 1));
    assertTooLarge(lines.subList(1, lines.size()));
  }

  @Test
  void aBodyTakesAnEighthAtMost() throws Exception {
    List<String> lines = run("large bodies");
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
  void everyOperatorThatKeepsRowsCountsThem() throws Exception {
    assertTooLarge(run("operators"));
  }

  @Test
  void soDoesGeneratedCode() throws Exception {
    assertTooLarge(run("generated code"));
  }

  @Test
  void openResults() throws Exception {
    assertThat(run("open results")).singleElement().asString().matches(OUTCOMES);
  }

  @Test
  void scrollableResultsGiveBackTheirRowsWhenTheyAreClosed() throws Exception {
    List<String> lines = run("scrollable results");
    assertThat(lines.get(0)).matches(OUTCOMES);
    assertAllAnswered(lines.get(1));
  }

  @Test
  void whatIsDroppedWithoutBeingClosedComesBack() throws Exception {
    assertAllAnswered(run("dropped").get(0));
  }

  @Test
  void answersKeptForTheirAgeGiveWay() throws Exception {
    run("answers kept for their age").forEach(SmallHeapTest::assertAllAnswered);
  }

  @Test
  void batches() throws Exception {
    List<String> lines = run("batches");
    assertTooLarge(lines.subList(0, 1));
    assertAnswered(lines.subList(1, lines.size()));
  }

  @Test
  void whatAnInsertSelectsIsCountedBeforeAnythingIsWritten() throws Exception {
    service.writes();
    List<String> lines = run("insert select");
    assertTooLarge(lines.subList(0, 1));
    assertAnswered(lines.subList(1, 2));
    assertThat(service.writes()).isEqualTo(50);
  }

  @Test
  void longStatementsThatArePreparedAndClosed() throws Exception {
    run("long statements").forEach(SmallHeapTest::assertAllAnswered);
  }

  @Test
  void statementsTenTimesAsLong() throws Exception {
    assertThat(run("longer statements")).allSatisfy(line -> assertThat(line).matches(OUTCOMES));
  }

  @Test
  void longInLists() throws Exception {
    run("IN lists").forEach(SmallHeapTest::assertAllAnswered);
  }

  @Test
  void manySmallStatementsLeaveTheHeapFlat() throws Exception {
    List<String> lines = run("small statements");
    assertThat(lines.get(0)).matches("grown by \\d+ MiB");
    // Whatever is kept has its bound already; without one it grows by a KiB for each statement.
    assertThat(Integer.parseInt(lines.get(0).replaceAll("\\D", ""))).isLessThan(6);
    assertAllAnswered(lines.get(1));
  }

  @Test
  void statementsThatStayOpen() throws Exception {
    List<String> lines = run("open statements");
    assertThat(lines.get(0)).matches(OUTCOMES);
    assertAllAnswered(lines.get(1));
  }

  @Test
  void aMillionRowsThatCannotBeKept() throws Exception {
    assertTooLarge(run("a million rows"));
  }

  @Test
  void aMillionRowsInGeneratedCode() throws Exception {
    assertTooLarge(run("a million rows in generated code"));
  }
}
