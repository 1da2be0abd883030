package dev.turntable.eval;

import dev.turntable.eval.json.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.apache.calcite.rel.type.RelDataType;
import org.jspecify.annotations.Nullable;

/** From scalar items of documents to values of SQL types. */
final class JsonScalars {
  /** The length that Calcite gives to the text of JSON functions that name no type. */
  private static final int NO_LENGTH = 2000;

  /** Numbers with more digits than this stay as they are written. */
  private static final int MAX_DIGITS = 400;

  private JsonScalars() {}

  /** Returns the conversion of items that are scalar and not null, or null if not known here. */
  static @Nullable Conversion to(RelDataType type, RoundingMode rounding) {
    if (SqlTypes.isText(type)) {
      return item -> fit(text(item), type);
    }
    if (SqlTypes.isNumeric(type)) {
      return item -> number(item, type, rounding);
    }
    if (SqlTypes.isBoolean(type)) {
      return item -> Casts.parseBoolean(text(item));
    }
    return SqlTypes.isDatetime(type) ? item -> DatetimeText.parse(text(item), type) : null;
  }

  /** Converts an item; fails as a cast does. */
  @FunctionalInterface
  interface Conversion {
    Object of(Json item);
  }

  /** Returns the item as text: a string without quotes, a number with the digits that it came with. */
  static String text(Json item) {
    if (item instanceof Json.Text text) {
      return text.value();
    }
    if (item instanceof Json.Moment moment) {
      return moment.iso();
    }
    return item instanceof Json.Numeral number ? plain(number) : item.text();
  }

  private static String plain(Json.Numeral number) {
    boolean exponent = number.text().indexOf('e') >= 0 || number.text().indexOf('E') >= 0;
    if (!exponent) {
      return number.text();
    }
    BigDecimal value = number.value();
    return Math.abs((long) value.scale()) > MAX_DIGITS ? number.text() : value.toPlainString();
  }

  private static Object number(Json item, RelDataType type, RoundingMode rounding) {
    if (item instanceof Json.Numeral number) {
      return Numbers.fit(number.value(), type, rounding);
    }
    if (item instanceof Json.Text text) {
      return Casts.number(text.value(), type, rounding);
    }
    throw ValueErrors.badValue(item.text(), Numbers.name(type));
  }

  private static String fit(String text, RelDataType type) {
    int length = type.getPrecision();
    if (length > 0 && length != NO_LENGTH && text.length() > length) {
      throw ValueErrors.badArgument("JSON", ValueErrors.show(text) + " is longer than " + type);
    }
    return text;
  }
}
