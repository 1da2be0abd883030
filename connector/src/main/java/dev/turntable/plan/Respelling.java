package dev.turntable.plan;

import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Spells what Calcite's grammar does not take in a way that it does. */
final class Respelling {
  /**
   * A column named running, which the grammar takes for a word of MATCH_RECOGNIZE where AND or IS
   * follows, and a FETCH that leaves out the number one. Strings, quoted names and comments are
   * found first, so that nothing is changed in them.
   */
  private static final Pattern PARTS =
      Pattern.compile(
          "'(?:[^']|'')*+'|\"(?:[^\"]|\"\")*+\"|--[^\\n]*+|/\\*(?s:.*?)\\*/"
              + "|(\\brunning\\b)(?!\\s*\\()"
              + "|(\\bFETCH\\s+(?:FIRST|NEXT)\\b)(?=\\s+ROWS?\\s+ONLY\\b)",
          Pattern.CASE_INSENSITIVE);

  private Respelling() {}

  /** Returns the text in other words, or nothing if there are none. */
  static Optional<String> of(String sql) {
    String other = PARTS.matcher(sql).replaceAll(Respelling::part);
    return other.equals(sql) ? Optional.empty() : Optional.of(other);
  }

  private static String part(MatchResult found) {
    String column = found.group(1);
    String fetch = found.group(2);
    return Matcher.quoteReplacement(
        column != null ? '"' + column + '"' : fetch != null ? fetch + " 1" : found.group());
  }
}
