package dev.turntable.source;

/**
 * Takes the contents of files out of texts that are shown or kept: of a statement that gives files as a
 * literal, the log and messages hold everything but these.
 */
public final class FileContents {
  private static final String MEMBER = "\"content\"";
  private static final String HIDDEN = "…";

  /** No name, number or word is as long. */
  private static final int LONGEST_WORD = 200;

  private FileContents() {}

  /** Returns the text without the contents of files. */
  public static String hidden(String text) {
    if (!text.contains("content") && !text.contains("files")) {
      return text;
    }
    String result = withoutMembers(text);
    return result.contains("files") ? withoutRuns(result) : result;
  }

  /** Where the text ends before the content does, the rest of it goes, too. */
  private static String withoutMembers(String text) {
    int member = text.indexOf(MEMBER);
    if (member < 0) {
      return text;
    }
    StringBuilder out = new StringBuilder();
    int from = 0;
    while (member >= 0) {
      int at = skipBlanks(text, member + MEMBER.length());
      if (at < text.length() && text.charAt(at) == ':') {
        at = skipBlanks(text, at + 1);
        if (at < text.length() && text.charAt(at) == '"') {
          int end = text.indexOf('"', at + 1);
          out.append(text, from, at + 1).append(HIDDEN);
          from = end < 0 ? text.length() : end;
          at = from;
        }
      }
      member = text.indexOf(MEMBER, at);
    }
    return out.append(text, from, text.length()).toString();
  }

  private static int skipBlanks(String text, int from) {
    int at = from;
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  /** Base64 by itself, as where a statement puts the JSON together. */
  private static String withoutRuns(String text) {
    StringBuilder out = new StringBuilder();
    int run = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i < text.length() && isLetter(text.charAt(i))) {
        continue;
      }
      if (i - run > LONGEST_WORD) {
        out.append(HIDDEN);
      } else {
        out.append(text, run, i);
      }
      if (i < text.length()) {
        out.append(text.charAt(i));
      }
      run = i + 1;
    }
    return out.toString();
  }

  private static boolean isLetter(char c) {
    return (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || (c >= '0' && c <= '9')
        || c == '+'
        || c == '/'
        || c == '=';
  }
}
