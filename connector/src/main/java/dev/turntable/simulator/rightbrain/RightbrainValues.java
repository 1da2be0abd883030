package dev.turntable.simulator.rightbrain;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.turntable.simulator.server.Dice;
import dev.turntable.simulator.server.JsonBody;
import dev.turntable.simulator.server.JsonOut;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** JSON values as maps and lists, in and out, and values made up for a declared output type. */
final class RightbrainValues {
  private static final List<String> WORDS =
      List.of("quarterly", "figures", "look", "sound", "çalışma", "ready", "\"quoted\"", "naïve");

  private RightbrainValues() {}

  static String json(@Nullable Object value) {
    return text(out -> any(out, value));
  }

  static String text(Consumer<JsonOut> value) {
    return new String(JsonBody.bytes(value), UTF_8);
  }

  /** Writes what Moshi reads; whole numbers without a point. */
  static void any(JsonOut out, @Nullable Object value) {
    if (value instanceof Map<?, ?> members) {
      out.beginObject();
      members.forEach((name, member) -> any(out.name(String.valueOf(name)), member));
      out.endObject();
    } else if (value instanceof List<?> items) {
      out.beginArray();
      items.forEach(item -> any(out, item));
      out.endArray();
    } else if (value instanceof Double number) {
      number(out, number);
    } else if (value instanceof Boolean flag) {
      out.value(flag.booleanValue());
    } else {
      out.value((String) value);
    }
  }

  private static void number(JsonOut out, double number) {
    if (number == Math.rint(number) && Math.abs(number) < 1e15) {
      out.value((long) number);
    } else {
      out.value(Double.valueOf(number));
    }
  }

  /** An object with all fields of a format: the known values, and made-up ones for the rest. */
  static void object(JsonOut out, Map<?, ?> format, Map<?, ?> known, Dice dice, int misfits) {
    out.beginObject();
    format.forEach(
        (name, type) -> {
          out.name(String.valueOf(name));
          if (misfits > 0 && dice.oneIn(misfits)) {
            any(out, List.of("does", "not", "fit"));
          } else if (known.containsKey(name)) {
            fit(out, type(type), known.get(name));
          } else {
            madeUp(out, type, dice, misfits);
          }
        });
    out.endObject();
  }

  /** A revision may declare text where another one declares a number. */
  private static void fit(JsonOut out, String type, @Nullable Object value) {
    if (type.startsWith("str") && value != null && !(value instanceof String)) {
      out.value(json(value));
    } else {
      any(out, value);
    }
  }

  private static void madeUp(JsonOut out, @Nullable Object declared, Dice dice, int misfits) {
    switch (type(declared)) {
      case "int", "integer" -> out.value(dice.between(0, 100));
      case "number" -> out.value(Double.valueOf(dice.between(0, 99_999) / 100.0));
      case "bool", "boolean" -> out.value(dice.oneIn(2));
      case "object" -> object(out, nested(declared), Map.of(), dice, misfits);
      case "list" -> {
        Object item = item(declared);
        out.beginArray();
        for (int i = dice.between(0, 3); i > 0; i--) {
          madeUp(out, item, dice, misfits);
        }
        out.endArray();
      }
      default -> out.value(options(declared).map(dice::pick).orElseGet(() -> words(dice)));
    }
  }

  static String words(Dice dice) {
    return dice.pick(WORDS) + " " + dice.pick(WORDS) + " " + dice.between(1, 999);
  }

  private static String type(@Nullable Object declared) {
    return declared instanceof Map<?, ?> details
        ? String.valueOf(details.get("type"))
        : String.valueOf(declared);
  }

  private static Map<?, ?> nested(@Nullable Object declared) {
    return declared instanceof Map<?, ?> details
            && details.get("nested_structure") instanceof Map<?, ?> fields
        ? fields
        : Map.of();
  }

  private static Object item(@Nullable Object declared) {
    if (!nested(declared).isEmpty()) {
      return Map.of("type", "object", "nested_structure", nested(declared));
    }
    return declared instanceof Map<?, ?> details && details.get("item_type") instanceof String type
        ? type
        : "str";
  }

  @SuppressWarnings("unchecked")
  static Optional<List<String>> options(@Nullable Object declared) {
    return declared instanceof Map<?, ?> details && details.get("options") instanceof List<?> list
        ? Optional.of((List<String>) list)
        : Optional.empty();
  }
}
