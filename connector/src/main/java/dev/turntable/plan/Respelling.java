package dev.turntable.plan;

import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Spells what Calcite's grammar does not take in a way that it does. */
final class Respelling {
  /**
   * A column named running, which the grammar takes for a word of MATCH_RECOGNIZE where AND or IS
   * follows, a FETCH that leaves out the number one, and an interval as PostgreSQL writes it, with
   * its unit inside the quotes.
   */
  private static final Pattern PARTS =
      Pattern.compile(
          SqlText.UNTOUCHED
              + "|(\\brunning\\b)(?!\\s*\\()"
              + "|(\\bFETCH\\s+(?:FIRST|NEXT)\\b)(?=\\s+ROWS?\\s+ONLY\\b)"
              + "|\\bINTERVAL\\s*'\\s*([-+]?\\d+)\\s*(YEAR|MONTH|WEEK|DAY|HOUR|MINUTE|SECOND)S?\\s*'",
          Pattern.CASE_INSENSITIVE);

  private Respelling() {}

  /** Returns the text in other words, or nothing if there are none. */
  static Optional<String> of(String sql) {
    String other = PARTS.matcher(sql).replaceAll(Respelling::part);
    return other.equals(sql) ? Optional.empty() : Optional.of(other);
  }

  private static String part(MatchResult found) {
    if (found.group(1) != null) {
      return '"' + found.group(1) + '"';
    }
    if (found.group(2) != null) {
      return found.group(2) + " 1";
    }
    if (found.group(3) != null) {
      return "INTERVAL '" + found.group(3) + "' " + found.group(4);
    }
    return Matcher.quoteReplacement(found.group());
  }
}
