package dev.turntable.simulator.rightbrain;

import dev.turntable.simulator.server.Refusal;
import dev.turntable.simulator.server.ServiceRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The body of a run request under FastAPI's rules; what breaks one is a 422. */
record RightbrainRunBody(
    Map<String, @Nullable Object> members, Map<String, @Nullable Object> input) {

  static RightbrainRunBody of(ServiceRequest request) {
    String type = request.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    if (type.startsWith("multipart/")) {
      throw RightbrainRefusal.bad("UNSUPPORTED", "The simulator takes no files, send JSON");
    }
    if (!type.startsWith("application/json")) {
      throw refuse(
          RightbrainProblem.of(
              "model_attributes_type",
              "Input should be a valid dictionary or object to extract fields from",
              "body"));
    }
    Map<String, @Nullable Object> members = parse(request);
    List<RightbrainProblem> problems = new ArrayList<>();
    for (String name : List.of("reference", "task_reference", "context_id")) {
      checkText(members, name, problems);
    }
    Object group = members.get("reporting_group_id");
    if (group != null && !(group instanceof String id && RightbrainIds.isUuid(id))) {
      problems.add(
          RightbrainProblem.of(
              "uuid_parsing", "Input should be a valid UUID", "body", "reporting_group_id"));
    }
    if (!members.containsKey("task_input")) {
      problems.add(
          RightbrainProblem.of("missing", "Field required", "body", "task_input")
              .input(RightbrainValues.json(members)));
    } else if (!(members.get("task_input") instanceof Map)) {
      problems.add(
          RightbrainProblem.of(
                  "dict_type", "Input should be a valid dictionary", "body", "task_input")
              .input(RightbrainValues.json(members.get("task_input"))));
    }
    if (!problems.isEmpty()) {
      throw RightbrainRefusal.invalid(problems);
    }
    return new RightbrainRunBody(members, object(members.get("task_input")));
  }

  private static Map<String, @Nullable Object> parse(ServiceRequest request) {
    try {
      return request.json();
    } catch (Refusal refusal) {
      throw refuse(
          RightbrainProblem.of("json_invalid", "JSON decode error", "body")
              .input("{}")
              .context("{\"error\":" + RightbrainQuery.quoted(refusal.words()) + "}"));
    }
  }

  private static void checkText(
      Map<String, @Nullable Object> members, String name, List<RightbrainProblem> problems) {
    Object value = members.get(name);
    if (value != null && !(value instanceof String)) {
      problems.add(
          RightbrainProblem.of("string_type", "Input should be a valid string", "body", name)
              .input(RightbrainValues.json(value)));
    } else if (value instanceof String text && text.codePointCount(0, text.length()) > 64) {
      problems.add(
          RightbrainProblem.of(
                  "string_too_long", "String should have at most 64 characters", "body", name)
              .input(RightbrainValues.json(value))
              .context("{\"max_length\":64}"));
    }
  }

  /** Every variable of the prompt must be there; any JSON value will do. */
  void check(List<String> variables) {
    List<RightbrainProblem> problems = new ArrayList<>();
    for (String name : variables) {
      if (!input.containsKey(name)) {
        problems.add(
            RightbrainProblem.of("missing", "Field required", "body", "task_input", name)
                .input(RightbrainValues.json(input)));
      }
    }
    if (!problems.isEmpty()) {
      throw RightbrainRefusal.invalid(problems);
    }
  }

  Optional<String> text(String name) {
    return members.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
  }

  Optional<String> uuid(String name) {
    return text(name).map(RightbrainIds::normal);
  }

  private static RightbrainRefusal refuse(RightbrainProblem problem) {
    return RightbrainRefusal.invalid(List.of(problem));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, @Nullable Object> object(@Nullable Object value) {
    return value instanceof Map ? (Map<String, @Nullable Object>) value : Map.of();
  }
}
