package dev.turntable.eval;

import dev.turntable.source.ErrorKind;
import dev.turntable.source.TurntableException;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.runtime.SqlFunctions;

/** Functions of text whose odd arguments have a value, as in PostgreSQL, and fail no query. */
final class LenientTextFunctions {
  /** The longest text that a function makes of a short one. */
  private static final long LONGEST = 1 << 24;

  private LenientTextFunctions() {}

  /** Letters of other alphabets have no sound here, as what is no letter. */
  static String soundex(String text) {
    String letters = text.replaceAll("[^A-Za-z]", "");
    return letters.isEmpty() ? "" : SqlFunctions.soundex(letters);
  }

  static int difference(String a, String b) {
    String x = soundex(a);
    String y = soundex(b);
    int same = 0;
    for (int i = 0; i < Math.min(x.length(), y.length()); i++) {
      same += x.charAt(i) == y.charAt(i) ? 1 : 0;
    }
    return x.isEmpty() && y.isEmpty() ? 4 : same;
  }

  static String repeat(String text, long times) {
    if (times <= 0 || text.isEmpty()) {
      return "";
    }
    check("REPEAT", times, text.length());
    return text.repeat((int) times);
  }

  /** Fills up to a length, or cuts off at it; with nothing to fill up with, the text stays short. */
  static String pad(String text, long length, String with, boolean left) {
    long all = Characters.length(text);
    if (length <= all || with.isEmpty()) {
      return Characters.between(text, 0, Math.max(0, length));
    }
    check(left ? "LPAD" : "RPAD", length, 1);
    int missing = (int) (length - all);
    int whole = missing / Characters.length(with);
    String fill =
        with.repeat(whole) + Characters.between(with, 0, missing % Characters.length(with));
    return left ? fill + text : text + fill;
  }

  /**
   * @param check throws once the statement has ended
   */
  static String splitPart(String text, String separator, long part, Runnable check) {
    if (part == 0) {
      throw ValueErrors.badArgument("SPLIT_PART", "parts count from 1, or from the end from -1");
    }
    if (separator.isEmpty()) {
      return part == 1 || part == -1 ? text : "";
    }
    List<String> parts = new ArrayList<>();
    Search search = new Search(separator, check);
    int from = 0;
    for (int at = search.in(text, 0); at >= 0 && parts.size() != part; at = search.in(text, from)) {
      check.run();
      parts.add(text.substring(from, at));
      from = at + separator.length();
    }
    parts.add(text.substring(from));
    long index = part < 0 ? parts.size() + part : part - 1;
    return index < 0 || index >= parts.size() ? "" : parts.get((int) index);
  }

  static String overlay(String text, String with, long from, long length) {
    if (from <= 0) {
      throw ValueErrors.badArgument("OVERLAY", "positions count from 1: " + from);
    }
    long end = Math.max(0, from - 1 + length);
    return Characters.between(text, 0, from - 1)
        + with
        + Characters.between(text, end, Long.MAX_VALUE);
  }

  private static void check(String function, long times, long length) {
    if (times > LONGEST / length) {
      throw new TurntableException(
          ErrorKind.TOO_LARGE, function + ": the text would be longer than " + LONGEST);
    }
  }
}
