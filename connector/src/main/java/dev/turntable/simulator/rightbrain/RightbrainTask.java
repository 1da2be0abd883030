package dev.turntable.simulator.rightbrain;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A task of the start.
 *
 * @param number its place among the tasks
 * @param created microseconds since 1970
 * @param revisions newest first; at most 100
 * @param samples credible inputs with their responses; none when values are made up by type
 * @param runs how many runs it has at the start
 */
record RightbrainTask(
    int number,
    String id,
    String name,
    String description,
    long created,
    List<RightbrainRevision> revisions,
    List<Sample> samples,
    int runs) {

  /** An input and what came out; the response is a map or, for a text task, a string. */
  record Sample(Map<String, @Nullable Object> input, Object response) {}

  String modality() {
    return revisions.get(0).outputFormat() == null ? "text" : "json";
  }

  /** The position among {@link #revisions} that a run takes: {@code roll} is from 0 to 1. */
  int pickActive(double roll) {
    double left = roll;
    int last = 0;
    for (int i = 0; i < revisions.size(); i++) {
      double weight = revisions.get(i).weight();
      if (weight > 0) {
        last = i;
        left -= weight;
        if (left < 0) {
          return i;
        }
      }
    }
    return last;
  }
}
