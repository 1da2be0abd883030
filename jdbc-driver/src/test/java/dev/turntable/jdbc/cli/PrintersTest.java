package dev.turntable.jdbc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.jdbc.TestRows;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The formats, byte for byte. */
class PrintersTest {
  private static String print(Function<PrintStream, RowPrinter> printer, ResultSet rows)
      throws SQLException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    int[] begun = {0};
    printer
        .apply(out)
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
    assertThat(print(CsvPrinter::new, rows))
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
    assertThat(print(JsonPrinter::new, rows))
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
    assertThat(print(out -> new TablePrinter(out, 0), rows))
        .isEqualTo(
            "name          | credits\n"
                + "--------------+--------\n"
                + "東京          |      42\n"
                + "a\\u001b[31m\\n |    NULL\n"
                + "              |       7\n");
  }

  @Test
  void aTableWithoutRowsIsItsHeader() throws SQLException {
    assertThat(print(out -> new TablePrinter(out, 0), TestRows.of(new String[] {"a:BIGINT"})))
        .isEqualTo("a\n-\n");
  }

  @Test
  void onATerminalWideTextIsCutVisibly() throws SQLException {
    ResultSet rows =
        TestRows.of(
            new String[] {"id:BIGINT", "text:VARCHAR", "t:VARCHAR"},
            new Object[] {1L, "abcdefghijklmnopqrstuvwxyz", "short"},
            new Object[] {2L, "東京東京東京東京東京東京", "short"});
    assertThat(print(out -> new TablePrinter(out, 24), rows))
        .isEqualTo(
            "id | text        | t\n"
                + "---+-------------+------\n"
                + " 1 | abcdefghij… | short\n"
                + " 2 | 東京東京東… | short\n")
        .satisfies(text -> assertThat(text.lines()).allMatch(line -> CellText.width(line) <= 24));
  }

  @Test
  void veryManyColumnsBecomeBlocks() throws SQLException {
    ResultSet rows =
        TestRows.of(
            new String[] {"alpha:VARCHAR", "beta:VARCHAR", "gamma:VARCHAR"},
            new Object[] {"aaaaaaaaaaaa", "bbbbbbbbbbbb", "cccccccccccccccccccccccc"},
            new Object[] {"a", null, "c"});
    assertThat(print(out -> new TablePrinter(out, 20), rows))
        .isEqualTo(
            "-- 1 ---------------\n"
                + "alpha | aaaaaaaaaaaa\n"
                + "beta  | bbbbbbbbbbbb\n"
                + "gamma | ccccccccccc…\n"
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
    assertThat(
            print(out -> new TablePrinter(out, 80), TestRows.of(new String[] {"n:BIGINT"}, many)))
        .hasLineCount(2_502)
        .endsWith("…\n");
  }

  @Test
  void textIsCutBetweenCharacters() {
    assertThat(CellText.fit("a😀b", 4)).isEqualTo("a😀b");
    assertThat(CellText.fit("a😀b", 3)).isEqualTo("a…");
    assertThat(CellText.fit("e\u0301e\u0301", 2)).isEqualTo("e\u0301e\u0301");
    assertThat(CellText.visible("\u202eevil\ud800")).isEqualTo("\\u202eevil\\ud800");
  }
}
