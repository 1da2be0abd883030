package dev.turntable.plan.pushed;

import dev.turntable.run.Execution;
import dev.turntable.run.Scalar;
import java.math.BigDecimal;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.apache.calcite.rel.type.RelDataType;
import org.jspecify.annotations.Nullable;

/**
 * A value that each execution puts into the SQL: a parameter, a text of the statement, the current time, or
 * what is computed of these.
 *
 * @param plain whether it stands where the other database takes a bare number only
 */
record LateValue(Scalar scalar, RelDataType type, boolean plain) {
  /** Of larger ones a product may be infinite there, where it is an error here. */
  private static final double LARGEST = 1e75;

  /** Returns the value of an execution, in internal form. */
  @Nullable Object value(Execution execution) {
    return scalar.eval(Execution.NO_ROW, execution);
  }

  /**
   * Returns a value as a literal.
   *
   * @throws UnprintableException if the other database cannot hold it
   */
  String literal(@Nullable Object value) {
    if (plain) {
      if (value == null) {
        throw new UnprintableException("NULL as a number of rows");
      }
      return new BigDecimal(value.toString()).toPlainString();
    }
    return literal(value, type);
  }

  static String literal(@Nullable Object value, RelDataType type) {
    String name = PushedTypes.name(type);
    if (value == null) {
      return "CAST(NULL AS " + name + ")";
    }
    if (value instanceof Boolean truth) {
      return truth ? "TRUE" : "FALSE";
    }
    if (value instanceof String text) {
      return text(text);
    }
    if (value instanceof Double real && !(Math.abs(real) <= LARGEST)) {
      throw new UnprintableException("the number " + real);
    }
    if (!(value instanceof Number)) {
      throw new UnprintableException("a literal of type " + type);
    }
    String digits = value instanceof BigDecimal exact ? exact.toPlainString() : value.toString();
    return "CAST('" + digits + "' AS " + name + ")";
  }

  private static String text(String text) {
    if (text.indexOf('\0') >= 0) {
      throw new UnprintableException("a text with the character 0");
    }
    try {
      StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
    } catch (CharacterCodingException e) {
      throw new UnprintableException("a text with half a character");
    }
    return "'" + text.replace("'", "''") + "'";
  }

  /** Returns whether a text has characters that UTF-16 orders otherwise than UTF-8. */
  static boolean isMisplaced(@Nullable Object value) {
    return value instanceof String text && text.chars().anyMatch(c -> c > Character.MAX_SURROGATE);
  }
}
