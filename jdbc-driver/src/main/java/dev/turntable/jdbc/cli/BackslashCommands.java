package dev.turntable.jdbc.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The commands that users of psql have in their fingers, in the words of the shell. */
final class BackslashCommands {
  private static final Map<String, String> COMMANDS =
      Map.of(
          "\\?", "!examples",
          "\\h", "!examples",
          "\\help", "!examples",
          "\\d", "!tables",
          "\\dt", "!tables",
          "\\l", "!schemas",
          "\\dn", "!schemas",
          "\\i", "!run",
          "\\q", "!quit");

  private BackslashCommands() {}

  /** Returns whether a line is a command of this kind, which ends with the line. */
  static boolean isOne(String line) {
    return line.strip().startsWith("\\");
  }

  /** Returns the line that does the same in the shell, or null if there is none. */
  static @Nullable String translate(String line) {
    String[] parts = line.strip().replaceAll("\\s*;$", "").split("\\s+", 2);
    if (parts.length == 2 && (parts[0].equals("\\d") || parts[0].equals("\\d+"))) {
      return "!describe " + parts[1];
    }
    String command = COMMANDS.get(parts[0]);
    if (command == null) {
      return null;
    }
    return parts.length == 2 && command.equals("!run") ? command + " " + parts[1] : command;
  }
}
