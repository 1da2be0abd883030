package dev.turntable.handinger;

import dev.turntable.source.ErrorKind;
import dev.turntable.source.Inserter.Row;
import dev.turntable.source.TurntableException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks the values of a new task or turn, before any request. */
final class NewTasks {
  private static final Set<String> BUDGETS = Set.of("low", "standard", "high", "unlimited");

  private NewTasks() {}

  /** Checks what tasks and turns have in common. */
  static void check(String table, Row row) {
    if (required(table, row, "input").isEmpty()) {
      throw new TurntableException(ErrorKind.BAD_VALUE, table + ": input must not be empty");
    }
    String budget = text(row, "budget");
    if (budget != null && !BUDGETS.contains(budget)) {
      throw new TurntableException(
          ErrorKind.BAD_VALUE,
          table + ": budget must be low, standard, high or unlimited, not '" + budget + "'");
    }
  }

  static String required(String table, Row row, String column) {
    String value = text(row, column);
    if (value == null) {
      throw new TurntableException(ErrorKind.MISSING_VALUE, table + ": " + column + " is missing");
    }
    return value;
  }

  static @Nullable String text(Row row, String column) {
    return (String) row.value(column);
  }
}
