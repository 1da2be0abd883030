package dev.turntable.eval;

import dev.turntable.eval.json.Json;
import dev.turntable.eval.json.JsonReader;
import dev.turntable.eval.json.JsonSyntaxException;
import dev.turntable.run.Scalar;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.calcite.rex.RexCall;
import org.jspecify.annotations.Nullable;

/**
 * Compiles the functions of JSON that other databases have beside the standard's: {@code ->} and
 * {@code ->>} as JSON_GET and JSON_GET_TEXT, JSON_EXTRACT and the like.
 */
record JsonFunctions(JsonDocuments documents) {
  /** Returns the call, or null if it is not known here. */
  @Nullable Scalar compile(String name, RexCall call, List<Scalar> operands) {
    return switch (name) {
      case "JSON_GET", "JSON_EXTRACT_PATH" -> text(name, operands, false);
      case "JSON_GET_TEXT", "JSON_EXTRACT_PATH_TEXT" -> text(name, operands, true);
      case "JSON_EXTRACT" -> extract(name, operands, false);
      case "JSON_EXTRACT_STRING" -> extract(name, operands, true);
      case "JSON_UNQUOTE" -> one(name, operands, (v, check) -> unquoted(v.toString(), check));
      case "JSON_PASSING" -> StrictCalls.many(name, operands, v -> passing(v[0], v[1]));
      case "TO_JSON" -> toJson(call, operands.get(0));
      case "JSON_TYPEOF" -> one(name, operands, (v, check) -> read(name, v, check).type());
      case "JSON_ARRAY_LENGTH" -> one(name, operands, (v, check) -> length(name, v, check));
      case "JSON_VALID" -> one(name, operands, (v, check) -> isJson(v.toString(), check));
      default -> null;
    };
  }

  /** What is done with one document. */
  @FunctionalInterface
  private interface OfDocument {
    @Nullable Object of(Object document, Runnable check);
  }

  private static Scalar one(String name, List<Scalar> operands, OfDocument function) {
    return StrictCalls.watched(
        name, operands.subList(0, 1), (v, execution) -> function.of(v[0], execution::check));
  }

  private static Scalar toJson(RexCall call, Scalar operand) {
    JsonForm form = JsonForm.of(call.getOperands().get(0).getType());
    return StrictCalls.unary("TO_JSON", operand, form::of);
  }

  private Json read(String name, Object document, Runnable check) {
    try {
      return documents.read(document, check);
    } catch (JsonSyntaxException e) {
      throw ValueErrors.badArgument(name, String.valueOf(e.getMessage()));
    }
  }

  private Scalar text(String name, List<Scalar> operands, boolean text) {
    return StrictCalls.watched(
        name,
        operands,
        (values, execution) -> {
          Json json = read(name, values[0], execution::check);
          for (Object step : Arrays.asList(values).subList(1, values.length)) {
            Json inner = step(json, step, name.startsWith("JSON_EXTRACT"));
            if (inner == null) {
              return null;
            }
            json = inner;
          }
          return text ? plain(json) : json.text();
        });
  }

  /** A member by its name or an element by its index; from the end, if that is negative. */
  private static @Nullable Json step(Json json, Object step, boolean digitsAreIndex) {
    if (json instanceof Json.Members members) {
      return step instanceof Number ? null : members.byName().get(step.toString());
    }
    if (!(json instanceof Json.Array array)) {
      return null;
    }
    boolean index = step instanceof Number || (digitsAreIndex && isIndex(step.toString()));
    if (!index) {
      return null;
    }
    long given = Long.parseLong(step.toString());
    long at = given < 0 ? given + array.items().size() : given;
    return at >= 0 && at < array.items().size() ? array.items().get((int) at) : null;
  }

  private static boolean isIndex(String text) {
    return text.length() < 10 && text.matches("-?\\d+");
  }

  private static @Nullable String plain(Json json) {
    return json.isNull() ? null : json.isScalar() ? JsonScalars.text(json) : json.text();
  }

  /** As DuckDB and MySQL have it: JSON, of one path what it leads to, of several an array. */
  private Scalar extract(String name, List<Scalar> operands, boolean text) {
    List<JsonPaths> paths = new ArrayList<>();
    for (Scalar path : operands.subList(1, operands.size())) {
      paths.add(JsonPaths.of(name, operands.get(0), path, documents));
    }
    boolean several = paths.size() > 1;
    return (row, execution) -> {
      List<Json> all = new ArrayList<>();
      for (JsonPaths path : paths) {
        try {
          List<Json> found = path.find(row, execution);
          if (found == null) {
            return null;
          }
          all.addAll(found);
        } catch (JsonPaths.FailedException e) {
          throw path.failure(e.problem());
        }
      }
      if (all.isEmpty()) {
        return null;
      }
      Json result = several || all.size() > 1 ? new Json.Array(all) : all.get(0);
      return text ? plain(result) : result.text();
    };
  }

  /** A JSON string without its quotes, and all else as it is. */
  private static String unquoted(String text, Runnable check) {
    try {
      return JsonReader.read(text, check) instanceof Json.Text string ? string.value() : text;
    } catch (JsonSyntaxException e) {
      return text;
    }
  }

  private static String passing(Object path, Object variables) {
    return path.toString() + JsonPaths.PASSING + variables;
  }

  private Object length(String name, Object document, Runnable check) {
    if (read(name, document, check) instanceof Json.Array array) {
      return array.items().size();
    }
    throw ValueErrors.badArgument(name, ValueErrors.show(document.toString()) + " is no array");
  }

  private static boolean isJson(String text, Runnable check) {
    try {
      JsonReader.read(text, check);
      return true;
    } catch (JsonSyntaxException e) {
      return false;
    }
  }
}
