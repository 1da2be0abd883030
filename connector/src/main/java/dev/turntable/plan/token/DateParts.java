package dev.turntable.plan.token;

import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The parts of a date and time that other databases name in quotes. */
public final class DateParts {
  private static final Set<String> PARTS =
      Set.of(
          ("YEAR QUARTER MONTH WEEK DAY HOUR MINUTE SECOND MILLISECOND MICROSECOND DECADE CENTURY"
                  + " MILLENNIUM EPOCH DOW DOY ISODOW ISOYEAR")
              .split(" ", -1));

  /** Counts the boundaries of a unit between two times. */
  public static final String DIFFERENCE = "DATEDIFF_BY";

  private static final Map<String, String> OTHERS =
      Map.ofEntries(
          Map.entry("YY", "YEAR"),
          Map.entry("YYYY", "YEAR"),
          Map.entry("QQ", "QUARTER"),
          Map.entry("MM", "MONTH"),
          Map.entry("MON", "MONTH"),
          Map.entry("DD", "DAY"),
          Map.entry("HH", "HOUR"),
          Map.entry("HR", "HOUR"),
          Map.entry("MI", "MINUTE"),
          Map.entry("MIN", "MINUTE"),
          Map.entry("SS", "SECOND"),
          Map.entry("SEC", "SECOND"),
          Map.entry("MS", "MILLISECOND"),
          Map.entry("US", "MICROSECOND"),
          Map.entry("DAYOFWEEK", "DOW"),
          Map.entry("DAYOFYEAR", "DOY"),
          Map.entry("CENTURIES", "CENTURY"),
          Map.entry("MILLENNIA", "MILLENNIUM"));

  private DateParts() {}

  /** Returns the names of the functions that take a part first, in a text or as a word. */
  public static Stream<String> names() {
    return Stream.of("DATEDIFF", "DATE_DIFF", "DATEADD", "DATE_ADD", "DATE_PART", "DATEPART");
  }

  /** Returns whether a text in upper case is the name of a part. */
  static boolean isPart(String name) {
    return PARTS.contains(singular(name));
  }

  /** Returns the name of the function that takes a part first, by what other databases call it. */
  static String function(String name) {
    return switch (name) {
      case "DATEDIFF", "DATE_DIFF" -> DIFFERENCE;
      case "DATEADD", "DATE_ADD" -> "TIMESTAMPADD";
      case "DATE_PART", "DATEPART" -> "DATE_PART";
      default -> name;
    };
  }

  /** Returns the name that SQL has for a part. */
  static String singular(String name) {
    String other = OTHERS.get(name);
    if (other != null) {
      return other;
    }
    boolean plural = name.endsWith("S") && PARTS.contains(name.substring(0, name.length() - 1));
    return plural ? name.substring(0, name.length() - 1) : name;
  }
}
