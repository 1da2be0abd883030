package dev.turntable.jdbc.cli.print;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.jdbc.TestRows;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** The formats, byte for byte. */
class PrintersTest {
  private static String print(Format format, int width, ResultSet rows) throws SQLException {
    return print(format, PrintSettings.PLAIN.withWidth(width), rows);
  }

  private static String print(Format format, PrintSettings settings, ResultSet rows)
      throws SQLException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    int[] begun = {0};
    format
        .printer(out, settings)
        .print(
            rows,
            () -> {
              begun[0]++;
              assertThat(bytes.size()).isZero();
            });
    assertThat(begun).containsExactly(1);
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void csvFollowsRfc4180() throws SQLException {
    ResultSet rows =
        TestRows.of(
            new String[] {"a:BIGINT", "b,c:VARCHAR", "t:TIMESTAMP"},
            new Object[] {1L, "x", TestRows.TIME},
            new Object[] {null, "", null},
            new Object[] {-2L, "a,\"b\"\nc\r", null},
            new Object[] {3L, " 東京 ", null});
    assertThat(print(Format.CSV, 0, rows))
        .isEqualTo(
            "a,\"b,c\",t\r\n"
                + "1,x,2026-07-20 23:30:00.123\r\n"
                + ",\"\",\r\n"
                + "-2,\"a,\"\"b\"\"\nc\r\",\r\n"
                + "3, 東京 ,\r\n");
  }

  @Test
  void jsonIsAnObjectPerLine() throws SQLException {
    ResultSet rows =
        TestRows.of(
            new String[] {"a:BIGINT", "a:DOUBLE", "s:VARCHAR", "b:BOOLEAN", "d:DECIMAL"},
            new Object[] {
              1L, 1.5, "a\"\\\n\t\u0001é東\u2028", true, new java.math.BigDecimal("1E+2")
            },
            new Object[] {null, Double.NaN, "", false, null});
    assertThat(print(Format.JSON, 0, rows))
        .isEqualTo(
            "{\"a\":1,\"a_2\":1.5,\"s\":\"a\\\"\\\\\\n\\t\\u0001é東\\u2028\",\"b\":true,\"d\":100}\n"
                + "{\"a\":null,\"a_2\":\"NaN\",\"s\":\"\",\"b\":false,\"d\":null}\n");
  }

  @Test
  void aTableAlignsWideCharactersAndNumbers() throws SQLException {
    ResultSet rows =
        TestRows.of(
            new String[] {"name:VARCHAR", "credits:BIGINT"},
            new Object[] {"東京", 42L},
            new Object[] {"a\u001b[31m\n", null},
            new Object[] {"", 7L});
    assertThat(print(Format.TABLE, 0, rows))
        .isEqualTo(
            "name          | credits\n"
                + "--------------+--------\n"
                + "東京          |      42\n"
                + "a\\u001b[31m\\n |    NULL\n"
                + "              |       7\n");
  }

  @Test
  void aTableWithoutRowsIsItsHeader() throws SQLException {
    assertThat(print(Format.TABLE, 0, TestRows.of(new String[] {"a:BIGINT"}))).isEqualTo("a\n-\n");
  }

  /** Ids, times and numbers are whole, prose is wrapped. */
  @Test
  void onATerminalProseIsWrappedAndIdsStayWhole() throws SQLException {
    ResultSet rows =
        TestRows.of(
            new String[] {"id:VARCHAR", "text:VARCHAR", "t:TIMESTAMP", "n:BIGINT"},
            new Object[] {
              "tsk_2Z-YWz3hFq6VlW", "one two three four five six seven", TestRows.TIME, 12L
            },
            new Object[] {"tsk_S8ikf5wexluF_l", "東京東京東京東京東京東京東京 東京", TestRows.TIME, 3L});
    assertThat(print(Format.TABLE, 76, rows))
        .isEqualTo(
            "id                 | text                     | t                       |  n\n"
                + "-------------------+--------------------------+-------------------------+---\n"
                + "tsk_2Z-YWz3hFq6VlW | one two three four five  | 2026-07-20 23:30:00.123 | 12\n"
                + "                   | six seven                |                         |\n"
                + "tsk_S8ikf5wexluF_l | 東京東京東京東京東京東京 | 2026-07-20 23:30:00.123 |  3\n"
                + "                   | 東京 東京                |                         |\n")
        .satisfies(text -> assertThat(text.lines()).allMatch(line -> CellText.width(line) <= 76));
  }

  @Test
  void veryManyColumnsBecomeBlocks() throws SQLException {
    ResultSet rows =
        TestRows.of(
            new String[] {"alpha:VARCHAR", "beta:VARCHAR", "gamma:VARCHAR"},
            new Object[] {"aaaaaaaaaaaa", "bbbbbbbbbbbb", "cccccccccccccccccccccccc"},
            new Object[] {"a", null, "c"});
    assertThat(print(Format.TABLE, 20, rows))
        .isEqualTo(
            "-- 1 ---------------\n"
                + "alpha | aaaaaaaaaaaa\n"
                + "beta  | bbbbbbbbbbbb\n"
                + "gamma | cccccccccccc\n"
                + "      | cccccccccccc\n"
                + "-- 2 ---------------\n"
                + "alpha | a\n"
                + "beta  | NULL\n"
                + "gamma | c\n");
  }

  @Test
  void rowsBeyondTheFirstThousandFollow() throws SQLException {
    Object[][] many = new Object[2_500][];
    for (int i = 0; i < many.length; i++) {
      many[i] = new Object[] {(long) i};
    }
    assertThat(print(Format.TABLE, 80, TestRows.of(new String[] {"n:BIGINT"}, many)))
        .hasLineCount(2_502)
        .endsWith("\n2499\n");
  }

  @Test
  void blocksAreShownWholeWithTheirLines() throws SQLException {
    ResultSet rows =
        TestRows.of(
            new String[] {"id:VARCHAR", "text:VARCHAR"},
            new Object[] {"tsk_a", "first line\nsecond\tline that is long"},
            new Object[] {"tsk_b", ""});
    assertThat(print(Format.VERTICAL, 22, rows))
        .isEqualTo(
            "-- 1 -----------------\n"
                + "id   | tsk_a\n"
                + "text | first line\n"
                + "     | second\\tline\n"
                + "     | that is long\n"
                + "-- 2 -----------------\n"
                + "id   | tsk_b\n"
                + "text |\n");
  }

  @Test
  void rowsOfVeryManyLinesBecomeBlocks() throws SQLException {
    ResultSet rows =
        TestRows.of(
            new String[] {"id:BIGINT", "text:VARCHAR"}, new Object[] {1L, "word ".repeat(200)});
    assertThat(print(Format.TABLE, 60, rows)).startsWith("-- 1 ---");
  }

  @Test
  void expandedDecides() throws SQLException {
    Object[][] wide = {{"a".repeat(30), "b"}};
    String[] columns = {"a:VARCHAR", "b:VARCHAR"};
    PrintSettings off = new PrintSettings(true, null, 20, PrintSettings.Expanded.OFF, false);
    assertThat(print(Format.TABLE, off, TestRows.of(columns, wide)))
        .endsWith("a".repeat(30) + " | b\n");
    PrintSettings on = new PrintSettings(true, null, 200, PrintSettings.Expanded.ON, false);
    assertThat(print(Format.TABLE, on, TestRows.of(columns, wide))).startsWith("-- 1 ---");
  }

  @Test
  void withTabsARowIsALine() throws SQLException {
    assertThat(print(Format.TSV, 0, odd())).isEqualTo("n\ttext\n1\ta\\tb\\nc\\\\|<i>\n\t\n");
  }

  @Test
  void markdownIsATable() throws SQLException {
    assertThat(print(Format.MARKDOWN, 0, odd()))
        .isEqualTo("| n | text |\n| ---: | --- |\n| 1 | a\\tb<br>c\\\\|&lt;i> |\n|  |  |\n");
  }

  @Test
  void aJsonArrayIsOneDocument() throws SQLException {
    assertThat(print(Format.JSON_ARRAY, 0, odd()))
        .isEqualTo("[\n{\"n\":1,\"text\":\"a\\tb\\nc\\\\|<i>\"},\n{\"n\":null,\"text\":\"\"}\n]\n");
    assertThat(print(Format.JSON_ARRAY, 0, TestRows.of(new String[] {"a:BIGINT"})))
        .isEqualTo("[]\n");
  }

  private static ResultSet odd() {
    return TestRows.of(
        new String[] {"n:BIGINT", "text:VARCHAR"},
        new Object[] {1L, "a\tb\nc\\|<i>"},
        new Object[] {null, ""});
  }

  @Test
  void headerAndNullAreTheUsers() throws SQLException {
    PrintSettings settings = new PrintSettings(false, "∅", 0, PrintSettings.Expanded.AUTO, false);
    assertThat(print(Format.CSV, settings, odd())).isEqualTo("1,\"a\tb\nc\\|<i>\"\r\n∅,\"\"\r\n");
    assertThat(print(Format.TSV, settings, odd())).endsWith("\n∅\t\n");
    assertThat(print(Format.TABLE, settings, odd())).isEqualTo("1 | a\\tb\\nc\\|<i>\n∅ |\n");
    assertThat(print(Format.VERTICAL, settings, odd())).endsWith("\n\nn    | ∅\ntext |\n");
    assertThat(print(Format.JSON, settings, odd())).contains("\"n\":null");
  }

  @Test
  void textIsWrappedBetweenWordsAndCharacters() {
    assertThat(CellText.wrap("a😀b", 4)).containsExactly("a😀b");
    assertThat(CellText.wrap("a😀b", 3)).containsExactly("a😀", "b");
    assertThat(CellText.wrap("one two  three", 7)).containsExactly("one two", "three");
    assertThat(CellText.wrap("one twothree", 5)).containsExactly("one", "twoth", "ree");
    assertThat(CellText.wrap("東京", 1)).containsExactly("東", "京");
    assertThat(CellText.wrap("", 5)).containsExactly("");
    assertThat(CellText.wrap("e\u0301e\u0301", 2)).containsExactly("e\u0301e\u0301");
    assertThat(CellText.visible("\u202eevil\ud800")).isEqualTo("\\u202eevil\\ud800");
  }
}
