package dev.turntable.jdbc.cli;

/** Numbers with their noun. */
final class Count {
  private Count() {}

  static String of(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
