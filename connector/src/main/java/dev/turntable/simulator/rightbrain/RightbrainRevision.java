package dev.turntable.simulator.rightbrain;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One version of a task.
 *
 * @param created microseconds since 1970
 * @param inputParams the variables of the user prompt, see {@link #variables}
 * @param outputFormat field name to type; null when the task answers with text
 * @param weight its share of the runs; 0 when it is not active
 * @param fallback the model that is used when the first fails; null when none is configured
 */
record RightbrainRevision(
    String id,
    long created,
    String systemPrompt,
    String userPrompt,
    List<String> inputParams,
    RightbrainModel model,
    @Nullable Map<String, @Nullable Object> outputFormat,
    double weight,
    boolean test,
    @Nullable String annotation,
    @Nullable RightbrainModel fallback) {
  private static final Pattern VARIABLE = Pattern.compile("\\{([a-zA-Z_][a-zA-Z0-9_]*)\\}");

  boolean active() {
    return weight > 0;
  }

  /** The names in braces, in the order of their first use. */
  static List<String> variables(String prompt) {
    Set<String> names = new LinkedHashSet<>();
    Matcher variable = VARIABLE.matcher(prompt);
    while (variable.find()) {
      names.add(variable.group(1));
    }
    return List.copyOf(names);
  }
}
