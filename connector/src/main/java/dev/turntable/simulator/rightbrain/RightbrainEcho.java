package dev.turntable.simulator.rightbrain;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds an answer that suits what was submitted: that of the sample with the same input, else a
 * sentiment by its words, else nothing, and the values are made up by their types.
 */
final class RightbrainEcho {
  private static final List<String> GOOD =
      List.of("great", "good", "love", "thank", "excellent", "perfect", "happy", "fast");
  private static final List<String> BAD =
      List.of("bad", "broken", "terrible", "late", "refund", "never", "angry", "slow", "worst");

  private RightbrainEcho() {}

  static RightbrainTask.@Nullable Sample sample(
      RightbrainTask task, Map<String, @Nullable Object> submitted) {
    for (RightbrainTask.Sample sample : task.samples()) {
      if (sample.input().equals(submitted)) {
        return sample;
      }
    }
    Map<String, @Nullable Object> guesses = new HashMap<>();
    for (RightbrainRevision revision : task.revisions()) {
      Map<String, @Nullable Object> format = revision.outputFormat();
      if (format != null) {
        format.forEach(
            (name, type) -> {
              if (RightbrainValues.options(type).filter(o -> o.contains("positive")).isPresent()) {
                guesses.put(name, sentiment(submitted.values()));
              }
            });
      }
    }
    return new RightbrainTask.Sample(submitted, guesses);
  }

  private static String sentiment(Iterable<? extends @Nullable Object> values) {
    int score = 0;
    for (Object value : values) {
      String text = String.valueOf(value).toLowerCase(Locale.ROOT);
      score += (int) GOOD.stream().filter(text::contains).count();
      score -= (int) BAD.stream().filter(text::contains).count();
    }
    return score > 0 ? "positive" : score < 0 ? "negative" : "neutral";
  }
}
