package dev.turntable.rightbrain;

import java.util.regex.Pattern;

/** What the table of a task, or the column of an output, is called: a name that SQL can hold. */
final class ListedName {
  private static final Pattern UNWRITABLE = Pattern.compile("[\\p{Cntrl}\\u0085\\u2028\\u2029]+");

  private static final String NONE = "unnamed";

  private ListedName() {}

  /** Returns the name as the service has it, less line breaks and their like; never an empty one. */
  static String of(String given) {
    String name = UNWRITABLE.matcher(given).replaceAll(" ");
    return name.isBlank() ? NONE : name;
  }
}
