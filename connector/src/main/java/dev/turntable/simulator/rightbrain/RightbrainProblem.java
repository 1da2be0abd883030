package dev.turntable.simulator.rightbrain;

import dev.turntable.simulator.server.JsonOut;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a 422, as FastAPI words it.
 *
 * @param where {@code query}, {@code body} or {@code path}, then names
 * @param type FastAPI's code, for example {@code less_than_equal}
 * @param input what was sent, as JSON text; null leaves it out
 * @param context details as a JSON object; null leaves them out
 */
record RightbrainProblem(
    List<String> where,
    String type,
    String message,
    @Nullable String input,
    @Nullable String context) {

  static RightbrainProblem of(String type, String message, String... where) {
    return new RightbrainProblem(List.of(where), type, message, null, null);
  }

  RightbrainProblem input(String json) {
    return new RightbrainProblem(where, type, message, json, context);
  }

  RightbrainProblem context(String json) {
    return new RightbrainProblem(where, type, message, input, json);
  }

  void write(JsonOut out) {
    out.beginObject();
    out.name("type").value(type);
    out.name("loc").beginArray();
    where.forEach(out::value);
    out.endArray();
    out.name("msg").value(message);
    if (input != null) {
      out.name("input").raw(input);
    }
    if (context != null) {
      out.name("ctx").raw(context);
    }
    out.endObject();
  }
}
