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
    assertThat(
            entries(
                "https://x.example/worker/wrk_1?top&tasks=no&task_id=tsk_4\n"
                    + "https://x.example/worker/wrk_1?taskId=tsk_5#end\n"
                    + "https://x.example/task/tsk_6?taskid=no"))
        .containsExactly("1 tsk_4", "2 tsk_5", "3 tsk_6");
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
  void cellsOfSpreadsheets() {
    assertThat(entries("id,title\r\ntsk_1,\"a\r\nb\"\r\n\"tsk_2\",x\r\n"))
        .containsExactly("2 tsk_1", "4 tsk_2");
    assertThat(entries("title,id\n\"cut short\"\nx,tsk_1")).containsExactly("2 null", "3 tsk_1");
    assertThat(entries("title,id\nx,\"tsk_1")).containsExactly("2 tsk_1");
    assertThat(entries("# ids\nid,title\ntsk_1,x")).containsExactly("3 tsk_1");
    assertThat(entries("tsk_1\nid,title\n")).containsExactly("1 tsk_1", "2 id,title");
    assertThat(entries("title,id\n\"\"\"\"\"\",tsk_1\n\"\",tsk_2"))
        .containsExactly("2 tsk_1", "3 tsk_2");
  }

  @Test
  void jsonIsReadByItsOwnMembers() {
    assertThat(
            entries(
                "{\"task_id\":[\"no\"],\"id\":\"tsk_1\"}\n"
                    + "{\"a\":[\"x\",\"id\"],\"b\":\"id\",\"id\"\t:\n"
                    + "{\"a\":{\"id\":\"no\"},\"c\":[{\"id\":\"no\"},\"id\"],\"id\":\"tsk_3\"}\n"
                    + "{\"title\":\"ends in \\\\\",\"id\":\"tsk_4\"}\n"
                    + "{\"title\":\"id\n"
                    + "{\"title\":\"x\\\n"
                    + "{\"id\":\"tsk_7\n"
                    + "{\"id\": }\n"
                    + "{\"a\":\"x\":\"id\":\"no\"}"))
        .containsExactly(
            "1 tsk_1", "2 null", "3 tsk_3", "4 tsk_4", "5 null", "6 null", "7 null", "8 null",
            "9 null");
  }

  @Test
  void whatNamesNothingHasNoEntry() {
    assertThat(entries("{\"title\":\"x\"}\ntsk 1\n{\"id\": 7}"))
        .containsExactly("1 null", "2 tsk 1", "3 null");
  }
}
