package dev.turntable.rightbrain;

import dev.turntable.rightbrain.RightbrainJson.DateRange;
import dev.turntable.source.AccessPath.Operator;
import dev.turntable.source.ColumnFilter;
import dev.turntable.source.ScanRequest;
import dev.turntable.source.StatementScope;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A span of time that a report is asked for: a lower bound on {@code range_start}, or a value of it,
 * is where it begins, an upper bound on {@code range_end}, or a value of it, where it ends. Several
 * values ask for a report each. What the service made of it stands in these columns.
 *
 * @param only whether it is the only span that is asked for
 */
record ReportWindow(@Nullable Instant from, @Nullable Instant to, boolean only) {
  static final ReportWindow NONE = new ReportWindow(null, null, true);

  private static final Set<Operator> BOUNDS =
      EnumSet.of(Operator.RANGE, Operator.EQUALS, Operator.IN);
  static final Map<String, Set<Operator>> SERVED =
      Map.of("range_start", BOUNDS, "range_end", BOUNDS);

  /** Returns the spans that a request asks for; none where all would end before they begin. */
  static List<ReportWindow> of(ScanRequest request) {
    List<@Nullable Instant> starts =
        bounds(request.filter("range_start"), range -> (Instant) range.lower());
    List<@Nullable Instant> ends = bounds(request.filter("range_end"), ReportWindow::upper);
    boolean only = starts.size() * ends.size() == 1;
    List<ReportWindow> windows = new ArrayList<>();
    for (@Nullable Instant start : starts) {
      for (@Nullable Instant end : ends) {
        if (only || start == null || end == null || !start.isAfter(end)) {
          windows.add(new ReportWindow(start, end, only));
        }
      }
    }
    return windows;
  }

  /** Returns one of the spans that a request asks for, of a report that takes none. */
  static List<ReportWindow> first(ScanRequest request) {
    List<ReportWindow> windows = of(request);
    return windows.isEmpty() ? List.of(NONE) : windows.subList(0, 1);
  }

  private static List<@Nullable Instant> bounds(
      @Nullable ColumnFilter filter, Function<ColumnFilter.Range, @Nullable Instant> bound) {
    List<@Nullable Instant> bounds = new ArrayList<>();
    if (filter instanceof ColumnFilter.OneOf oneOf) {
      oneOf.values().forEach(value -> bounds.add((Instant) value));
    } else {
      bounds.add(filter instanceof ColumnFilter.Range range ? bound.apply(range) : null);
    }
    return bounds;
  }

  private static @Nullable Instant upper(ColumnFilter.Range range) {
    Instant upper = (Instant) range.upper();
    return upper == null || range.upperInclusive() ? upper : upper.minusMillis(1);
  }

  /**
   * Returns whether an answer is the report that was asked for, and not that of another span which the
   * statement asks for too, or the service gives instead of several.
   */
  boolean isOf(@Nullable DateRange answered) {
    return only || (isAt(from, start(answered)) && isAt(to, end(answered)));
  }

  private static boolean isAt(@Nullable Instant asked, @Nullable Instant answered) {
    return asked == null
        || (answered != null
            && answered
                .truncatedTo(ChronoUnit.MILLIS)
                .equals(asked.truncatedTo(ChronoUnit.MILLIS)));
  }

  Map<String, String> parameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    if (from != null) {
      parameters.put("start_date", from.toString());
    }
    if (to != null) {
      parameters.put("end_date", to.toString());
    }
    return parameters;
  }

  /** Warns where the service reports on another span than it was asked for. */
  void compare(@Nullable DateRange answered, String table, StatementScope scope) {
    warnUnless(from, answered == null ? null : answered.start(), "begins", table, scope);
    warnUnless(to, answered == null ? null : answered.end(), "ends", table, scope);
  }

  private static void warnUnless(
      @Nullable Instant asked,
      @Nullable Instant answered,
      String verb,
      String table,
      StatementScope scope) {
    if (!isAt(asked, answered)) {
      scope.warn(
          table
              + ": the report "
              + verb
              + (answered == null ? " at a time that the service does not tell" : " at " + answered)
              + ", not at "
              + asked
              + " as asked");
    }
  }

  /** Warns that a report takes no span at all. */
  void refuse(String table, String instead, StatementScope scope) {
    if (from != null || to != null) {
      scope.warn(table + ": the service takes no range for this report; it covers " + instead);
    }
  }

  static @Nullable Instant start(@Nullable DateRange range) {
    return range == null ? null : range.start();
  }

  static @Nullable Instant end(@Nullable DateRange range) {
    return range == null ? null : range.end();
  }
}
