package dev.turntable.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of a statement with files is shown, and what never. */
final class FileContentsTest {
  private static final String LONGEST = "a".repeat(200);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "[{\"filename\":\"a\",\"content\":\"QUJD\"}]|[{\"filename\":\"a\",\"content\":\"…\"}]",
        "[{\"content\" :  \"QUJD\"}, {\"content\":\"RA\"}]|[{\"content\" :  \"…\"}, {\"content\":\"…\"}]",
        "VALUES ('[{\"content\":\"QUJ|VALUES ('[{\"content\":\"…",
        "\"content\" QUJD|\"content\" QUJD",
        "\"content\": 7|\"content\": 7",
        "\"content\"|\"content\"",
        "SELECT contents FROM t|SELECT contents FROM t"
      })
  void contentsOfFiles(String text, String shown) {
    assertThat(FileContents.hidden(text)).isEqualTo(shown);
  }

  /** As where a statement puts the JSON together. */
  @Test
  void longRunsOfBase64() {
    for (String letter : new String[] {"A", "Z", "a", "z", "0", "9", "+", "/", "="}) {
      String run = letter.repeat(201);
      assertThat(FileContents.hidden("files '" + run + "'")).as(letter).isEqualTo("files '…'");
      assertThat(FileContents.hidden("'" + run + "' AS files")).isEqualTo("'…' AS files");
      assertThat(FileContents.hidden("files " + run)).isEqualTo("files …");
    }
  }

  @Test
  void wordsAndOtherTexts() {
    assertThat(FileContents.hidden("files " + LONGEST)).endsWith(LONGEST);
    for (String other : new String[] {"-", "_", ".", "@", "[", "`", "{", ":", "東"}) {
      String text = "files " + other.repeat(300);
      assertThat(FileContents.hidden(text)).as(other).isEqualTo(text);
    }
    String unrelated = "SELECT '" + "A".repeat(300) + "'";
    assertThat(FileContents.hidden(unrelated)).isEqualTo(unrelated);
  }
}
