package dev.turntable.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What a file of task ids may hold. */
final class ListFileReaderTest {
  private static List<String> entries(String text) {
    return ListFileReader.of(text).stream()
        .map(line -> line.number() + " " + line.entry())
        .toList();
  }

  @Test
  void idsCommentsAndBlankLines() {
    assertThat(entries("# mine\n\ntsk_1\r\n  tsk_2 \n#tsk_3\ntsk_4"))
        .containsExactly("3 tsk_1", "4 tsk_2", "6 tsk_4");
  }

  @Test
  void pagesOfTheDashboard() {
    assertThat(
            entries(
                "https://v3.handinger.com/worker/wrk_1/task/tsk_1\n"
                    + "https://v3.handinger.com/worker/wrk_1/task/tsk_2/?tab=files#top\n"
                    + "https://handinger.com/worker/wrk_1?task=tsk_3&x=y"))
        .containsExactly("1 tsk_1", "2 tsk_2", "3 tsk_3");
  }

  @Test
  void rowsAsTheCommandLinePrintsThem() {
    assertThat(entries("title,id\n\"a, \"\"b\"\"\nand more\",tsk_1\n,tsk_2\n"))
        .containsExactly("2 tsk_1", "4 tsk_2");
    assertThat(entries("id,task_id\ntrn_1,tsk_1\n")).containsExactly("2 tsk_1");
    assertThat(entries("id\ntsk_1\n")).containsExactly("2 tsk_1");
    assertThat(
            entries(
                "{\"title\":\"\\\"id\\\": 1\",\"parts\":[{\"id\":\"no\"}],\"id\":\"tsk_1\"}\n"
                    + "{\"id\": \"trn_1\", \"task_id\" : \"tsk_2\"}"))
        .containsExactly("1 tsk_1", "2 tsk_2");
  }

  @Test
  void whatNamesNothingHasNoEntry() {
    assertThat(entries("{\"title\":\"x\"}\ntsk 1\n{\"id\": 7}"))
        .containsExactly("1 null", "2 tsk 1", "3 null");
  }
}
