package dev.turntable.eval;

import dev.turntable.eval.json.Json;
import dev.turntable.eval.json.JsonPath;
import dev.turntable.eval.json.JsonReader;
import dev.turntable.eval.json.JsonSyntaxException;
import dev.turntable.eval.json.PathFailure;
import dev.turntable.eval.json.PathSyntaxException;
import dev.turntable.run.Execution;
import dev.turntable.run.Scalar;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.TurntableException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Follows the path of a call through its document. A constant path is read once.
 *
 * @param name the function, for messages
 */
record JsonPaths(
    String name, Scalar document, Scalar path, @Nullable Bound constant, JsonDocuments documents) {
  /** What stands between a path and the values that PASSING gives its variables. */
  static final char PASSING = '\u0000';

  /** A path, and what its variables stand for. */
  record Bound(JsonPath path, Map<String, Json> variables) {}

  /** What is done with a document and a path. */
  @FunctionalInterface
  interface Use<T> {
    T of(JsonPath path, Json document, Map<String, Json> variables, Runnable check);
  }

  static JsonPaths of(String name, Scalar document, Scalar path, JsonDocuments documents) {
    boolean known = path instanceof Constant constant && constant.value() != null;
    return new JsonPaths(
        name, document, path, known ? read(name, ((Constant) path).value()) : null, documents);
  }

  /** Tells why a path could not be followed, or a document not be read. */
  static final class FailedException extends Exception {
    private static final long serialVersionUID = 1L;

    FailedException(String problem) {
      super(problem);
    }

    /** Returns what went wrong. */
    String problem() {
      return String.valueOf(getMessage());
    }
  }

  /**
   * Returns what the use makes of it, or null if the document or the path is NULL.
   *
   * @throws FailedException what ON ERROR is about
   * @throws TurntableException as {@link ErrorKind#BAD_VALUE} if the path is not valid
   */
  <T> @Nullable T follow(@Nullable Object[] row, Execution execution, Use<T> use)
      throws FailedException {
    Object text = document.eval(row, execution);
    Object given = path.eval(row, execution);
    if (text == null || given == null) {
      return null;
    }
    Bound bound = constant == null ? read(name, given) : constant;
    try {
      Json json = documents.read(text, execution::check);
      return use.of(bound.path(), json, bound.variables(), execution::check);
    } catch (PathFailure | JsonSyntaxException e) {
      throw new FailedException(String.valueOf(e.getMessage()));
    }
  }

  /** Returns all items, as {@link #follow}. */
  @Nullable List<Json> find(@Nullable Object[] row, Execution execution) throws FailedException {
    return follow(row, execution, JsonPath::find);
  }

  private static Bound read(String name, @Nullable Object path) {
    String text = String.valueOf(path);
    int passing = text.indexOf(PASSING);
    try {
      return passing < 0
          ? new Bound(JsonPath.of(text), Map.of())
          : new Bound(
              JsonPath.of(text.substring(0, passing)), variables(text.substring(passing + 1)));
    } catch (PathSyntaxException e) {
      throw new TurntableException(ErrorKind.BAD_VALUE, name + ": " + e.getMessage(), e);
    }
  }

  private static Map<String, Json> variables(String json) {
    return JsonReader.read(json) instanceof Json.Members members ? members.byName() : Map.of();
  }

  /** The failure that ERROR ON ERROR, or ON EMPTY, asks for. */
  TurntableException failure(String problem) {
    return ValueErrors.badArgument(name, problem);
  }
}
