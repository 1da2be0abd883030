package dev.turntable.simulator.rightbrain;

import com.squareup.moshi.JsonReader;
import dev.turntable.simulator.rightbrain.RightbrainSwitches.RunForm;
import dev.turntable.simulator.server.JsonBody;
import dev.turntable.simulator.server.MultipartForm;
import dev.turntable.simulator.server.Refusal;
import dev.turntable.simulator.server.ServiceRequest;
import dev.turntable.simulator.server.UploadedFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/** The body of a run request under FastAPI's rules; what breaks one is a 422. */
record RightbrainRunBody(
    Map<String, @Nullable Object> members,
    Map<String, @Nullable Object> input,
    String inputText,
    List<UploadedFile> files) {

  static RightbrainRunBody of(ServiceRequest request, RunForm form) {
    String type = request.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    if (MultipartForm.isOne(request) && form != RunForm.JSON) {
      try {
        return ofForm(MultipartForm.of(request));
      } catch (Refusal refusal) {
        throw RightbrainRefusal.bad("MALFORMED_FORM", refusal.words());
      }
    }
    if (form == RunForm.FORM) {
      throw refuse(RightbrainProblem.of("missing", "Field required", "body", "task_input"));
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
    if (form == RunForm.FILES_BY_FORM && members.containsKey("task_files")) {
      throw refuse(
          RightbrainProblem.of(
              "extra_forbidden", "Extra inputs are not permitted", "body", "task_files"));
    }
    List<UploadedFile> files = RightbrainRunFiles.of(members.get("task_files"), problems);
    checkMembers(members, problems);
    return new RightbrainRunBody(
        members, object(members.get("task_input")), taskInput(request.body()), files);
  }

  /** The text of {@code task_input} as it came, so that its numbers stay as they were written. */
  private static String taskInput(String body) {
    try (JsonReader reader = JsonReader.of(new Buffer().writeUtf8(body))) {
      @Nullable String input = null;
      reader.beginObject();
      while (reader.hasNext()) {
        boolean wanted = reader.nextName().equals("task_input");
        String value = reader.nextSource().readUtf8();
        input = wanted ? value : input;
      }
      return input == null ? "{}" : input;
    } catch (IOException e) {
      throw new UncheckedIOException("reading memory", e);
    }
  }

  /** The older form: {@code task_input} is JSON text, {@code task_file} a file. */
  private static RightbrainRunBody ofForm(MultipartForm form) {
    String input = form.field("task_input").orElse("{}");
    Map<String, @Nullable Object> members = new HashMap<>();
    for (MultipartForm.Part part : form.parts()) {
      if (part.filename() == null && !part.name().equals("task_input")) {
        members.put(part.name(), part.text());
      }
    }
    try {
      members.put("task_input", JsonBody.object(input));
    } catch (Refusal refusal) {
      throw refuse(
          RightbrainProblem.of("json_invalid", "Invalid JSON", "body", "task_input")
              .input(RightbrainValues.json(input)));
    }
    checkMembers(members, new ArrayList<>());
    return new RightbrainRunBody(
        members, object(members.get("task_input")), input, form.files("task_file"));
  }

  private static void checkMembers(
      Map<String, @Nullable Object> members, List<RightbrainProblem> problems) {
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
  }

  /** Files come exactly where the mode of the revision wants them. */
  void checkFiles(String mode) {
    if (mode.equals("none") && !files.isEmpty()) {
      throw refuse(
          RightbrainProblem.of(
              "value_error", "The task takes no files (none)", "body", "task_files"));
    }
    if (!mode.equals("none") && files.isEmpty()) {
      throw refuse(
          RightbrainProblem.of(
              "missing", "A file is required (" + mode + ")", "body", "task_files"));
    }
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
