package dev.turntable.eval;

import dev.turntable.eval.json.Json;
import dev.turntable.eval.json.JsonReader;
import dev.turntable.eval.json.JsonSyntaxException;
import dev.turntable.eval.json.JsonText;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * How a value of a SQL type reads in JSON: numbers and truth values as such, dates and times as
 * strings in ISO 8601, arrays and rows nested, JSON as it is, and all else as a string.
 */
@FunctionalInterface
interface JsonForm {
  /** Returns the JSON text of a value in internal form. */
  String of(@Nullable Object value);

  static JsonForm of(RelDataType type) {
    JsonForm form = notNull(type);
    return value -> value == null ? "null" : form.of(value);
  }

  private static JsonForm notNull(RelDataType type) {
    if (SqlTypes.isDate(type)) {
      return value -> quoted(LocalDate.ofEpochDay(whole(value)).toString());
    }
    if (SqlTypes.isTime(type)) {
      return value -> quoted(JsonText.iso(LocalTime.ofNanoOfDay(whole(value) * 1_000_000)));
    }
    if (SqlTypes.isTimestamp(type)) {
      return value -> quoted(timestamp(whole(value)));
    }
    if (SqlTypes.isInterval(type)) {
      StrictCalls.Unary text =
          Objects.requireNonNull(ValueText.formatter(type), "an interval's text");
      return value -> quoted(String.valueOf(text.apply(Objects.requireNonNull(value))));
    }
    RelDataType component = type.getComponentType();
    if (component != null && type.getSqlTypeName() != SqlTypeName.MAP) {
      return array(of(component));
    }
    return type.isStruct() ? row(type) : JsonForm::any;
  }

  private static JsonForm array(JsonForm element) {
    return value -> {
      StringJoiner array = new StringJoiner(",", "[", "]");
      for (Object item : (List<?>) Objects.requireNonNull(value)) {
        array.add(element.of(item));
      }
      return array.toString();
    };
  }

  private static JsonForm row(RelDataType type) {
    List<RelDataTypeField> fields = type.getFieldList();
    List<JsonForm> forms = fields.stream().map(field -> of(field.getType())).toList();
    return value -> {
      List<?> values = value instanceof Object[] array ? List.of(array) : (List<?>) value;
      StringJoiner row = new StringJoiner(",", "{", "}");
      for (int i = 0; i < forms.size(); i++) {
        Object field = Objects.requireNonNull(values).get(i);
        row.add(quoted(fields.get(i).getName()) + ":" + forms.get(i).of(field));
      }
      return row.toString();
    };
  }

  /** What the class of a value says where the type says nothing. */
  private static String any(@Nullable Object value) {
    if (value instanceof BigDecimal decimal) {
      return decimal.toPlainString();
    }
    if (value instanceof Double || value instanceof Float) {
      double real = ((Number) value).doubleValue();
      return Double.isFinite(real) ? value.toString() : quoted(value.toString());
    }
    if (value instanceof Number || value instanceof Boolean) {
      return value.toString();
    }
    if (value instanceof JsonFragment raw) {
      return checked(raw);
    }
    if (value instanceof List<?> list) {
      return array(item -> item == null ? "null" : any(item)).of(list);
    }
    if (value instanceof Map<?, ?> map) {
      StringJoiner members = new StringJoiner(",", "{", "}");
      map.forEach(
          (name, member) ->
              members.add(
                  quoted(String.valueOf(name)) + ":" + (member == null ? "null" : any(member))));
      return members.toString();
    }
    return quoted(String.valueOf(value));
  }

  private static String checked(JsonFragment raw) {
    try {
      Json json = JsonReader.read(raw.text());
      return json.text();
    } catch (JsonSyntaxException e) {
      throw ValueErrors.badArgument(
          "FORMAT JSON", ValueErrors.show(raw.text()) + " is " + e.getMessage());
    }
  }

  private static String timestamp(long millis) {
    return JsonText.iso(
        LocalDateTime.ofEpochSecond(
            Math.floorDiv(millis, 1000L),
            (int) Math.floorMod(millis, 1000L) * 1_000_000,
            ZoneOffset.UTC));
  }

  private static long whole(@Nullable Object value) {
    return ((Number) Objects.requireNonNull(value)).longValue();
  }

  private static String quoted(String text) {
    return JsonText.quoted(text);
  }
}
