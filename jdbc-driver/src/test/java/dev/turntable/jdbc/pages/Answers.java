package dev.turntable.jdbc.pages;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes what the demo answers below each {@code sql} block of a page, in place of the answer that
 * stands there: all lines up to the next line of text, which begins with none of the marks of an
 * answer.
 */
final class Answers {
  private Answers() {}

  /** Returns a page with the answers of today. */
  static String filledIn(String page) throws SQLException {
    List<String> lines = page.lines().toList();
    List<String> result = new ArrayList<>();
    int at = 0;
    while (at < lines.size()) {
      String line = lines.get(at++);
      result.add(line);
      if (!line.equals("```sql")) {
        continue;
      }
      StringBuilder sql = new StringBuilder();
      while (!lines.get(at).equals("```")) {
        sql.append(lines.get(at)).append('\n');
        result.add(lines.get(at++));
      }
      result.add(lines.get(at++));
      at = endOfAnswer(lines, at);
      result.add("");
      result.addAll(Answer.to(sql.toString()).lines().toList());
      if (at < lines.size()) {
        result.add("");
      }
    }
    return String.join("\n", result) + "\n";
  }

  private static int endOfAnswer(List<String> lines, int begin) {
    int at = begin;
    while (at < lines.size()) {
      String line = lines.get(at);
      if (line.equals("```text")) {
        at += lines.subList(at, lines.size()).indexOf("```");
      } else if (!isAnswer(line)) {
        return at;
      }
      at++;
    }
    return at;
  }

  private static boolean isAnswer(String line) {
    return line.isEmpty()
        || line.startsWith("| ")
        || line.startsWith("> `")
        || line.equals("No request.")
        || line.matches("\\d+ rows? written\\.")
        || line.matches("\\d+ requests?( and .*)?: `?.*`");
  }
}
