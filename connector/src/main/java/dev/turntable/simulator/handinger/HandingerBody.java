package dev.turntable.simulator.handinger;

import dev.turntable.simulator.server.MultipartForm;
import dev.turntable.simulator.server.Refusal;
import dev.turntable.simulator.server.ServiceRequest;
import dev.turntable.simulator.server.UploadedFile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A JSON body, or a form with files, under Handinger's rules of length, range and choice; what breaks one is a 400. */
record HandingerBody(String path, Map<String, @Nullable Object> members, List<UploadedFile> files) {
  static final List<String> BUDGETS = List.of("low", "standard", "high", "unlimited");

  static HandingerBody of(ServiceRequest request) {
    if (!MultipartForm.isOne(request)) {
      return new HandingerBody("", request.json(), List.of());
    }
    MultipartForm form = MultipartForm.of(request);
    Map<String, @Nullable Object> fields = new HashMap<>();
    for (MultipartForm.Part part : form.parts()) {
      if (part.filename() == null) {
        fields.put(part.name(), part.text());
      }
    }
    return new HandingerBody("", fields, form.files("files", "files[]"));
  }

  boolean has(String name) {
    return members.containsKey(name);
  }

  /** A required string of at least one character. */
  String text(String name) {
    if (members.get(name) instanceof String text && !text.isEmpty()) {
      return text;
    }
    throw refusal(name, "must be a string of at least 1 character");
  }

  /** A string that may be left out, but neither be null nor empty. */
  Optional<String> optionalText(String name) {
    return has(name) ? Optional.of(text(name)) : Optional.empty();
  }

  String budget() {
    String budget = optionalText("budget").orElse("standard");
    if (!BUDGETS.contains(budget)) {
      throw refusal("budget", "must be one of " + BUDGETS);
    }
    return budget;
  }

  int integer(String name, int least, int most) {
    if (members.get(name) instanceof Double number
        && number == Math.rint(number)
        && number >= least
        && number <= most) {
      return number.intValue();
    }
    throw refusal(name, "must be an integer from " + least + " to " + most);
  }

  @SuppressWarnings("unchecked")
  HandingerBody object(String name) {
    if (members.get(name) instanceof Map<?, ?> inner) {
      return new HandingerBody(path + name + ".", (Map<String, @Nullable Object>) inner, List.of());
    }
    throw refusal(name, "must be an object");
  }

  /** Required and an HTTPS URL of at most 2,048 characters, or null. */
  @Nullable String webhookUrl() {
    Object url = members.get("url");
    if (has("url") && url == null) {
      return null;
    }
    if (url instanceof String text && text.startsWith("https://") && text.length() <= 2048) {
      return text;
    }
    throw refusal("url", "must be an HTTPS URL of at most 2048 characters, or null");
  }

  private Refusal refusal(String name, String rule) {
    return new Refusal(400, path + name + " " + rule);
  }
}
