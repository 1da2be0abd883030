package dev.turntable.config;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a file as people have them: one on each line, or the URL of its page, or rows that our
 * command line has printed as CSV or JSON. Lines that are empty or begin with {@code #} are left out.
 */
final class ListFileReader {
  /** The columns that hold an entry, the better one first. */
  private static final List<String> COLUMNS = List.of("task_id", "id");

  private static final Pattern URL = Pattern.compile("https?://[^/?#]+([^?#]*)(\\?([^#]*))?.*");

  private final String text;
  private final List<Line> lines = new ArrayList<>();
  private int at;
  private int number = 1;
  private int column = -1;
  private boolean first = true;

  /**
   * A line with an entry.
   *
   * @param number its number, from 1
   * @param entry what it names, or null if it has no form of those known
   */
  record Line(int number, @Nullable String entry) {}

  private ListFileReader(String text) {
    this.text = text;
  }

  /** Returns the lines that should name something. */
  static List<Line> of(String text) {
    ListFileReader reader = new ListFileReader(text);
    reader.run();
    return reader.lines;
  }

  private void run() {
    while (at < text.length()) {
      int begin = number;
      List<String> cells = new ArrayList<>();
      String whole = column >= 0 || isHeader() ? row(cells) : line();
      String content = whole.strip();
      if (content.isEmpty() || content.startsWith("#")) {
        continue;
      }
      if (first && column < 0 && !cells.isEmpty()) {
        column = column(cells);
      } else {
        lines.add(
            new Line(
                begin,
                column >= 0
                    ? cell(cells)
                    : content.startsWith("{") ? ofJson(content) : ofText(content)));
      }
      first = false;
    }
  }

  /** Ours begins with the names of the columns. */
  private boolean isHeader() {
    if (!first) {
      return false;
    }
    int end = text.indexOf('\n', at);
    List<String> cells = new ArrayList<>();
    ListFileReader line =
        new ListFileReader(end < 0 ? text.substring(at) : text.substring(at, end));
    line.row(cells);
    return column(cells) >= 0;
  }

  private static int column(List<String> cells) {
    for (String name : COLUMNS) {
      int index = cells.indexOf(name);
      if (index >= 0) {
        return index;
      }
    }
    return -1;
  }

  private @Nullable String cell(List<String> cells) {
    return column < cells.size() ? cells.get(column) : null;
  }

  private String line() {
    int end = text.indexOf('\n', at);
    String line = end < 0 ? text.substring(at) : text.substring(at, end);
    at = end < 0 ? text.length() : end + 1;
    number++;
    return line;
  }

  /** Reads a row of RFC 4180, whose cells may hold lines. */
  private String row(List<String> cells) {
    int begin = at;
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '\n') {
        number++;
      }
      if (quoted && c == '"' && at < text.length() && text.charAt(at) == '"') {
        cell.append('"');
        at++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && c == ',') {
        cells.add(cell.toString());
        cell.setLength(0);
      } else if (!quoted && c == '\n') {
        break;
      } else if (c != '\r' || quoted) {
        cell.append(c);
      }
    }
    cells.add(cell.toString());
    return text.substring(begin, at);
  }

  /** An entry, or the last part of a URL that its page has. */
  private static String ofText(String line) {
    Matcher url = URL.matcher(line);
    if (!url.matches()) {
      return line;
    }
    String query = url.group(3);
    if (query != null) {
      for (String parameter : query.split("&", -1)) {
        int equals = parameter.indexOf('=');
        String name = equals < 0 ? "" : parameter.substring(0, equals);
        if (name.equals("task") || name.equals("taskId") || name.equals("task_id")) {
          return parameter.substring(equals + 1);
        }
      }
    }
    String path = url.group(1).replaceAll("/+$", "");
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static @Nullable String ofJson(String line) {
    for (String name : COLUMNS) {
      String value = JsonMember.text(line, name);
      if (value != null) {
        return value;
      }
    }
    return null;
  }
}
