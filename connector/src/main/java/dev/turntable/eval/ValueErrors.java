package dev.turntable.eval;

import dev.turntable.source.ErrorKind;
import dev.turntable.source.TurntableException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Says what went wrong with a value, naming the function and the value. */
final class ValueErrors {
  private static final int MAX_VALUE_LENGTH = 80;

  private ValueErrors() {}

  static TurntableException divisionByZero(String function, Object dividend) {
    return new TurntableException(
        ErrorKind.DIVISION_BY_ZERO, "division by zero: " + show(dividend) + " " + function + " 0");
  }

  static TurntableException outOfRange(Object value, String type) {
    return new TurntableException(
        ErrorKind.OUT_OF_RANGE, "value " + show(value) + " is out of range for " + type);
  }

  static TurntableException badValue(Object value, String type) {
    return new TurntableException(
        ErrorKind.BAD_VALUE, "value " + show(value) + " cannot be cast to " + type);
  }

  static TurntableException badArgument(String function, String problem) {
    return new TurntableException(ErrorKind.BAD_VALUE, function + ": " + problem);
  }

  /** Turns whatever a function threw into the failure that a user sees. */
  static TurntableException of(String function, RuntimeException e, @Nullable Object... values) {
    if (e instanceof TurntableException known) {
      return known;
    }
    StringBuilder message = new StringBuilder(function).append('(');
    for (int i = 0; i < values.length; i++) {
      message.append(i == 0 ? "" : ", ").append(show(values[i]));
    }
    message.append(") failed");
    if (e.getMessage() != null) {
      message.append(": ").append(shorten(e.getMessage()));
    }
    return new TurntableException(kind(e), message.toString(), e);
  }

  private static ErrorKind kind(RuntimeException e) {
    String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    if (e instanceof ArithmeticException) {
      return message.contains("zero") ? ErrorKind.DIVISION_BY_ZERO : ErrorKind.OUT_OF_RANGE;
    }
    if (message.contains("out of range") || message.contains("overflow")) {
      return ErrorKind.OUT_OF_RANGE;
    }
    boolean defect =
        e instanceof NullPointerException
            || e instanceof ClassCastException
            || e instanceof IndexOutOfBoundsException;
    return defect ? ErrorKind.INTERNAL : ErrorKind.BAD_VALUE;
  }

  static String show(@Nullable Object value) {
    if (value == null) {
      return "NULL";
    }
    String text = shorten(String.valueOf(value));
    return value instanceof CharSequence ? "'" + text + "'" : text;
  }

  private static String shorten(String text) {
    return text.length() <= MAX_VALUE_LENGTH ? text : text.substring(0, MAX_VALUE_LENGTH) + "...";
  }
}
