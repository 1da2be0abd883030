package dev.turntable.jdbc.cli.script;

import java.util.ArrayList;
import java.util.List;

/** The arguments of a command: words, in quotes where they hold blanks. */
final class Words {
  private Words() {}

  static List<String> of(String text) throws ScriptException {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean begun = false;
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote != 0) {
        if (c != quote) {
          word.append(c);
        } else if (i + 1 < text.length() && text.charAt(i + 1) == quote) {
          word.append(text.charAt(++i));
        } else {
          quote = 0;
        }
      } else if (c == '\'' || (c == '"' && !begun)) {
        quote = c;
        begun = true;
      } else if (Character.isWhitespace(c)) {
        add(begun, word, words);
        begun = false;
      } else {
        word.append(c);
        begun = true;
      }
    }
    if (quote != 0) {
      throw new ScriptException("a quote is not closed");
    }
    add(begun, word, words);
    return words;
  }

  /** Returns the only word of a command, which has the form that is told if there are others. */
  static String one(String text, String form) throws ScriptException {
    List<String> words = of(text);
    if (words.size() != 1) {
      throw new ScriptException("this command is " + form);
    }
    return words.get(0);
  }

  private static void add(boolean begun, StringBuilder word, List<String> words) {
    if (begun) {
      words.add(word.toString());
      word.setLength(0);
    }
  }
}
