package dev.turntable.plan;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words RUNNING and FINAL are prefixes in MATCH_RECOGNIZE, and the parser takes them for that
 * everywhere: {@code running IS NULL} would be the column {@code is}. They are quoted, where a name may
 * stand, so that a column of such a name works.
 */
final class PrefixWords {
  private static final Pattern WORD =
      Pattern.compile("\\b(?:RUNNING|FINAL)\\b", Pattern.CASE_INSENSITIVE);

  private static final Pattern TOKEN =
      Pattern.compile(
          SqlText.UNTOUCHED + "|(?<![\\w.$])(?<word>RUNNING|FINAL)(?![\\w$])",
          Pattern.CASE_INSENSITIVE);

  private PrefixWords() {}

  static String quoted(String sql) {
    if (!WORD.matcher(sql).find() || sql.toUpperCase(Locale.ROOT).contains("MATCH_RECOGNIZE")) {
      return sql;
    }
    return TOKEN
        .matcher(sql)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    Character.isLetter(found.group().charAt(0))
                        ? '"' + found.group() + '"'
                        : found.group()));
  }
}
