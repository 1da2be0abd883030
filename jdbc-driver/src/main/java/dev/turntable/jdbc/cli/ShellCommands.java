package dev.turntable.jdbc.cli;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The commands that users of psql and of other shells have in their fingers, as SQL or in the words
 * of SQLLine, which begin with {@code !}.
 */
final class ShellCommands {
  private static final Set<String> WORDS = Set.of("help", "?", "quit", "exit");

  private static final Map<String, String> COMMANDS =
      Map.ofEntries(
          Map.entry("help", "!examples"),
          Map.entry("?", "!examples"),
          Map.entry("\\?", "!examples"),
          Map.entry("\\h", "!examples"),
          Map.entry("\\help", "!examples"),
          Map.entry("\\d", "SHOW TABLES"),
          Map.entry("\\dt", "SHOW TABLES"),
          Map.entry("\\l", "SHOW SCHEMAS"),
          Map.entry("\\dn", "SHOW SCHEMAS"),
          Map.entry("\\q", "!quit"),
          Map.entry("quit", "!quit"),
          Map.entry("exit", "!quit"));

  private static final Map<String, String> WITH_ARGUMENT =
      Map.of(
          "\\d", "DESCRIBE ",
          "\\d+", "DESCRIBE ",
          "\\dt", "SHOW TABLES FROM ",
          "\\i", "!include ");

  private ShellCommands() {}

  /** Returns whether a line is a command of this kind, which ends with the line. */
  static boolean isOne(String line) {
    return line.strip().startsWith("\\") || WORDS.contains(word(line));
  }

  /** Returns the line that does the same in the shell, or null if there is none. */
  static @Nullable String translate(String line) {
    if (WORDS.contains(word(line))) {
      return COMMANDS.get(word(line));
    }
    String[] parts = bare(line).split("\\s+", 2);
    if (parts.length == 1) {
      return COMMANDS.get(parts[0]);
    }
    String command = WITH_ARGUMENT.get(parts[0]);
    return command == null ? null : command + parts[1];
  }

  private static String word(String line) {
    return bare(line).toLowerCase(Locale.ROOT);
  }

  private static String bare(String line) {
    return line.strip().replaceAll("\\s*;$", "");
  }
}
