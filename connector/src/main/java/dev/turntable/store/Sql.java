package dev.turntable.store;

/** Text of SQL that the store writes itself. */
final class Sql {
  private Sql() {}

  /** Returns a text literal. */
  static String text(String value) {
    return "'" + value.replace("'", "''") + "'";
  }

  /** Returns a quoted name. */
  static String name(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
