package dev.turntable.plan.syntax;

import dev.turntable.plan.error.ValidationErrors;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.TimeText;
import dev.turntable.source.TurntableException;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlUnknownLiteral;

/** Literals of dates, times and timestamps, read as {@link TimeText} reads all. */
final class TimeLiterals {
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .toFormatter(Locale.ROOT);

  private TimeLiterals() {}

  /** Returns the literal in the one form that Calcite knows. */
  static SqlLiteral plain(SqlUnknownLiteral literal) {
    String text = literal.getValue();
    try {
      return switch (literal.tag) {
        case "TIMESTAMP" -> of(literal, timestamp(TimeText.timestamp(text), text));
        case "DATE" -> of(literal, TimeText.date(text).toString());
        case "TIME" -> of(literal, clock(TIME.format(TimeText.time(text)), text));
        default -> literal;
      };
    } catch (DateTimeException e) {
      throw new TurntableException(
          ErrorKind.INVALID_STATEMENT,
          ValidationErrors.place(literal.getParserPosition())
              + "Illegal "
              + literal.tag
              + " literal: "
              + e.getMessage(),
          e);
    }
  }

  private static SqlLiteral of(SqlUnknownLiteral literal, String text) {
    return text.equals(literal.getValue())
        ? literal
        : SqlLiteral.createUnknown(literal.tag, text, literal.getParserPosition());
  }

  private static String timestamp(LocalDateTime value, String text) {
    return value.toLocalDate() + " " + clock(TIME.format(value.toLocalTime()), text);
  }

  /** Zeros at the end of a fraction belong to its type. */
  private static String clock(String canonical, String text) {
    int point = text.indexOf('.');
    int digits = 0;
    while (point >= 0
        && point + 1 + digits < text.length()
        && Character.isDigit(text.charAt(point + 1 + digits))) {
      digits++;
    }
    StringBuilder result = new StringBuilder(canonical);
    int written = canonical.indexOf('.') < 0 ? 0 : canonical.length() - canonical.indexOf('.') - 1;
    for (int i = written; i < Math.min(digits, 9); i++) {
      result.append(i == 0 ? "." : "").append('0');
    }
    return result.toString();
  }
}
