package dev.turntable.rightbrain;

import dev.turntable.rightbrain.RightbrainJson.DateRange;
import dev.turntable.source.AccessPath.Operator;
import dev.turntable.source.ColumnFilter;
import dev.turntable.source.ScanRequest;
import dev.turntable.source.StatementScope;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The span of time that a report is asked for: a lower bound on {@code range_start} is where it
 * begins, an upper bound on {@code range_end} where it ends. What the service made of it stands in
 * these columns.
 */
record ReportWindow(@Nullable Instant from, @Nullable Instant to) {
  static final Map<String, Set<Operator>> SERVED =
      Map.of("range_start", EnumSet.of(Operator.RANGE), "range_end", EnumSet.of(Operator.RANGE));

  static ReportWindow of(ScanRequest request) {
    Instant from = null;
    Instant to = null;
    if (request.filter("range_start") instanceof ColumnFilter.Range range) {
      from = (Instant) range.lower();
    }
    if (request.filter("range_end") instanceof ColumnFilter.Range range) {
      to = (Instant) range.upper();
      if (to != null && !range.upperInclusive()) {
        to = to.minusMillis(1);
      }
    }
    return new ReportWindow(from, to);
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
    if (asked != null
        && (answered == null
            || !answered
                .truncatedTo(ChronoUnit.MILLIS)
                .equals(asked.truncatedTo(ChronoUnit.MILLIS)))) {
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
