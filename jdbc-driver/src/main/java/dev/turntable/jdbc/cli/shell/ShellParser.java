package dev.turntable.jdbc.cli.shell;

import dev.turntable.jdbc.cli.script.Script;
import dev.turntable.jdbc.cli.script.Step;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;

/** Tells JLine when what is typed is whole, and which word is to be completed. */
final class ShellParser implements Parser {
  private static final Set<String> PLAIN_COMMANDS = Set.of("help", "?", "quit", "exit");

  /** Returns whether a text is a command without a backslash, as beginners type it. */
  static boolean isPlainCommand(String text) {
    return PLAIN_COMMANDS.contains(word(text));
  }

  static String word(String text) {
    return text.strip().replaceFirst("\\s*;$", "").toLowerCase(Locale.ROOT);
  }

  @Override
  public ParsedLine parse(String line, int cursor, ParseContext context) {
    if (context == ParseContext.ACCEPT_LINE && !isWhole(line)) {
      throw new EOFError(-1, -1, "the statement goes on");
    }
    return new Word(line, cursor);
  }

  private static boolean isWhole(String text) {
    if (text.isBlank() || isPlainCommand(text) || foreign(text)) {
      return true;
    }
    Script script = Script.of(text);
    if (script.rest().isEmpty() && !script.isOpen()) {
      return true;
    }
    // A command is done at once, whatever statement it stands in.
    List<Step> ended = script.ended();
    return !ended.isEmpty()
        && ended.get(ended.size() - 1).command() != null
        && text.stripTrailing().endsWith(String.valueOf(ended.get(ended.size() - 1).command()));
  }

  /** Returns whether a line is a command, as far as it is typed. */
  static boolean isCommand(String line) {
    return line.stripLeading().startsWith("\\");
  }

  /** Returns whether it is a command of another shell, which no SQL begins as. */
  static boolean foreign(String text) {
    return text.strip().matches("[.!][A-Za-z]\\w*.*");
  }

  /** The word before the cursor: a name, also with its schema or in quotes, or a command. */
  private static final class Word implements CompletingParsedLine {
    private final String line;
    private final int cursor;
    private final int start;

    Word(String line, int cursor) {
      this.line = line;
      this.cursor = cursor;
      boolean command = isCommand(line.substring(line.lastIndexOf('\n', cursor - 1) + 1, cursor));
      int at = cursor;
      while (at > 0 && isPart(line.charAt(at - 1), command)) {
        at--;
      }
      this.start = at;
    }

    private static boolean isPart(char c, boolean command) {
      return command
          ? !Character.isWhitespace(c) && ":;=+".indexOf(c) < 0
          : Character.isLetterOrDigit(c) || c == '_' || c == '$';
    }

    @Override
    public String word() {
      return line.substring(start, cursor);
    }

    @Override
    public int wordCursor() {
      return cursor - start;
    }

    @Override
    public int wordIndex() {
      return 0;
    }

    @Override
    public List<String> words() {
      return List.of(word());
    }

    @Override
    public String line() {
      return line;
    }

    @Override
    public int cursor() {
      return cursor;
    }

    @Override
    public CharSequence escape(CharSequence candidate, boolean complete) {
      return candidate;
    }

    @Override
    public int rawWordCursor() {
      return wordCursor();
    }

    @Override
    public int rawWordLength() {
      return wordCursor();
    }
  }
}
