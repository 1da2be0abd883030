package dev.turntable.rightbrain;

import dev.turntable.http.Json;
import dev.turntable.source.AccessPath.Operator;
import dev.turntable.source.ColumnFilter;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.Fetch;
import dev.turntable.source.ForeignKey;
import dev.turntable.source.RequestEstimate;
import dev.turntable.source.ScanRequest;
import dev.turntable.source.TurntableException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the tables of reports have in common: one request for each task and each way of asking. */
final class Reports {
  static final Set<Operator> VALUES = EnumSet.of(Operator.EQUALS, Operator.IN);
  static final List<ForeignKey> OF_TASK =
      List.of(new ForeignKey(List.of("task_id"), Rightbrain.SCHEMA, "tasks", List.of("id")));

  private Reports() {}

  /**
   * A way of asking for a report that a column stands for.
   *
   * @param column the column, which shows how it was asked for
   * @param standard the value where the statement does not say
   * @param possible all values that the service takes
   */
  record Choice(String column, Object standard, List<?> possible) {
    /** Returns the values to ask for; none if none of those wanted is possible. */
    List<Object> wanted(ScanRequest request) {
      return request.filter(column) instanceof ColumnFilter.OneOf oneOf
          ? oneOf.values().stream().filter(possible::contains).toList()
          : List.of(standard);
    }

    /** Returns what the service says that it reports, else what it was asked for. */
    Object shown(@Nullable Object answered, Map<String, Object> asked) {
      return answered == null ? asked.getOrDefault(column, standard) : answered;
    }
  }

  /** Makes the step that reads one report. */
  @FunctionalInterface
  interface Step<T> {
    Fetch<T> of(String taskId, Map<String, Object> asked, ReportWindow window);
  }

  /**
   * Returns the path.
   *
   * @param windows the spans of time that a request asks for
   */
  static <T> KeyedPath<T> path(
      String line,
      List<Choice> choices,
      Function<ScanRequest, List<ReportWindow>> windows,
      Step<T> step) {
    Map<String, Set<Operator>> served = new LinkedHashMap<>(ReportWindow.SERVED);
    choices.forEach(choice -> served.put(choice.column(), VALUES));
    return KeyedPath.<T>of(
            "by task_id",
            List.of("task_id"),
            (keys, request) ->
                List.of(
                    RequestEstimate.exactly(
                        line,
                        keys * ways(choices, request).size() * windows.apply(request).size())),
            (key, request) ->
                ways(choices, request).stream()
                    .flatMap(
                        way ->
                            windows.apply(request).stream()
                                .map(window -> step.of(key.get(0), way, window)))
                    .toList())
        .withServed(served);
  }

  /** Returns all combinations of what is asked for. */
  private static List<Map<String, Object>> ways(List<Choice> choices, ScanRequest request) {
    List<Map<String, Object>> ways = List.of(Map.of());
    for (Choice choice : choices) {
      List<Object> wanted = choice.wanted(request);
      Function<Map<String, Object>, List<Map<String, Object>>> each =
          way -> wanted.stream().map(value -> with(way, choice.column(), value)).toList();
      ways = ways.stream().map(each).flatMap(List::stream).toList();
    }
    return ways;
  }

  private static Map<String, Object> with(Map<String, Object> way, String column, Object value) {
    Map<String, Object> longer = new LinkedHashMap<>(way);
    longer.put(column, value);
    return longer;
  }

  /** Returns parameters under the names of the columns, which are the service's own. */
  static QueryParameters parameters(Map<String, Object> asked, ReportWindow window) {
    QueryParameters result = QueryParameters.of(window.parameters());
    for (Map.Entry<String, Object> each : asked.entrySet()) {
      result = result.required(each.getKey(), each.getValue().toString());
    }
    return result;
  }

  /**
   * Returns the beginning of a bucket.
   *
   * @throws TurntableException if it is no time
   */
  static Instant bucket(String table, String text) {
    @Nullable Instant instant = Json.instant(text);
    if (instant == null) {
      throw new TurntableException(
          ErrorKind.BAD_ANSWER, table + ": the service names a bucket '" + text + "', no time");
    }
    return instant;
  }
}
