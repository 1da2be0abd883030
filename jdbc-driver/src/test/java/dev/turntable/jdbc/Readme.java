package dev.turntable.jdbc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The README's code blocks. */
final class Readme {
  private static final Path FILE = Path.of("..", "README.md");

  private Readme() {}

  /** Returns the SQL statements of all {@code sql} blocks. */
  static List<String> statements() throws IOException {
    List<String> statements = new ArrayList<>();
    for (String block : blocks("sql")) {
      Arrays.stream(block.split(";\\s*(?:\\n|$)"))
          .map(String::strip)
          .filter(text -> !text.isEmpty())
          .forEach(statements::add);
    }
    return statements;
  }

  /** Returns the lines of all {@code bash} blocks. */
  static List<String> commands() throws IOException {
    return blocks("bash").stream().flatMap(String::lines).toList();
  }

  private static List<String> blocks(String language) throws IOException {
    List<String> blocks = new ArrayList<>();
    StringBuilder block = null;
    for (String line : Files.readAllLines(FILE)) {
      if (block == null) {
        block = line.equals("```" + language) ? new StringBuilder() : null;
      } else if (line.equals("```")) {
        blocks.add(block.toString());
        block = null;
      } else {
        block.append(line).append('\n');
      }
    }
    return blocks;
  }
}
