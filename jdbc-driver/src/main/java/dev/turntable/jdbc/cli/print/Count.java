package dev.turntable.jdbc.cli.print;

/** Numbers with their noun. */
public final class Count {
  private Count() {}

  /** Returns {@code 1 row}, {@code 2 rows}. */
  public static String of(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
