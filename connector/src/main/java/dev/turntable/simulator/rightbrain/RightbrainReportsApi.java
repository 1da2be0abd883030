package dev.turntable.simulator.rightbrain;

import dev.turntable.simulator.server.JsonBody;
import dev.turntable.simulator.server.JsonOut;
import dev.turntable.simulator.server.ServiceRequest;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The four reports of a task, added up from its runs.
 *
 * <p>Chosen where the reference is open: failed and hidden runs count; both ends of a range belong to
 * it; without a range the token report covers everything; a range that reaches further back than the
 * credit report may is cut to what is permitted, and the answer says so; buckets without a run are
 * left out; a run that never reached its model counts but has no part in the average.
 */
final class RightbrainReportsApi {
  private final RightbrainState state;

  RightbrainReportsApi(RightbrainState state) {
    this.state = state;
  }

  byte[] report(ServiceRequest request, RightbrainTask task, String name) {
    RightbrainQuery query = new RightbrainQuery(request, state.switches());
    return switch (name) {
      case "token_report" -> tokens(query, task);
      case "credit_report" -> credits(query, task);
      case "timing_report" -> timing(query, task);
      case "usage_report" -> usage(query, task);
      default -> throw RightbrainRefusal.unknownPath();
    };
  }

  private byte[] tokens(RightbrainQuery query, RightbrainTask task) {
    long now = state.nowMicros();
    OptionalLong start = query.date("start_date", now);
    long end = query.date("end_date", now).orElse(now);
    boolean grouped = query.flag("show_reporting_group");
    query.check();
    RightbrainSums sums = new RightbrainSums(state, task, start.orElse(Long.MIN_VALUE), end);
    List<RightbrainSums.Line> lines = sums.perRevision(grouped);
    RightbrainSums.Line all = RightbrainSums.total(lines);
    return JsonBody.bytes(
        out -> {
          out.beginObject();
          out.name("task_id").value(task.id());
          range(out, start, end);
          tokens(out, all);
          out.name("task_revisions").beginArray();
          for (RightbrainSums.Line line : lines) {
            out.beginObject();
            out.name("task_revision_id").value(line.revision());
            if (grouped) {
              out.name("reporting_group").value(line.group());
            }
            tokens(out, line);
            out.endObject();
          }
          out.endArray().endObject();
        });
  }

  private static void tokens(JsonOut out, RightbrainSums.Line line) {
    out.name("total_input_tokens").value(line.inputTokens());
    out.name("total_output_tokens").value(line.outputTokens());
    out.name("total_tokens").value(line.inputTokens() + line.outputTokens());
    out.name("total_task_runs").value(line.runs());
  }

  private byte[] credits(RightbrainQuery query, RightbrainTask task) {
    long now = state.nowMicros();
    long earliest = RightbrainTimes.threeMonthsBefore(now);
    long start = Math.max(earliest, query.date("start_date", now).orElse(earliest));
    long end = query.date("end_date", now).orElse(now);
    boolean grouped = query.flag("show_reporting_group");
    query.check();
    List<RightbrainSums.Line> lines =
        new RightbrainSums(state, task, start, end).perRevision(grouped);
    RightbrainSums.Line all = RightbrainSums.total(lines);
    return JsonBody.bytes(
        out -> {
          out.beginObject();
          out.name("task_id").value(task.id());
          out.name("task_revisions").beginArray();
          for (RightbrainSums.Line line : lines) {
            out.beginObject();
            out.name("task_revision_id").value(line.revision());
            if (grouped) {
              out.name("reporting_group").value(line.group() == null ? "ungrouped" : line.group());
            }
            credits(out, line);
            out.endObject();
          }
          out.endArray();
          credits(out, all);
          range(out, OptionalLong.of(start), end);
          out.endObject();
        });
  }

  private static void credits(JsonOut out, RightbrainSums.Line line) {
    out.name("total_credits").value(RightbrainFigures.credits(line.cents()));
    out.name("total_task_runs").value(line.runs());
  }

  private byte[] timing(RightbrainQuery query, RightbrainTask task) {
    long now = state.nowMicros();
    OptionalLong startDate = query.date("start_date", now);
    long end = query.date("end_date", now).orElse(now);
    String aggregation = query.choice("aggregation", List.of("hour", "day")).orElse("hour");
    query.check();
    boolean hourly = aggregation.equals("hour");
    long start = startDate.orElse(end - (hourly ? 1 : 7) * RightbrainTimes.DAY);
    long bucket = hourly ? RightbrainTimes.HOUR : RightbrainTimes.DAY;
    Map<String, Map<Long, RightbrainSums.Bucket>> data =
        new RightbrainSums(state, task, start, end).buckets(bucket, error -> true);
    return JsonBody.bytes(
        out -> {
          out.beginObject();
          out.name("task_id").value(task.id());
          range(out, OptionalLong.of(start), end);
          out.name("aggregation").value(aggregation);
          counts(out.name("total_task_runs"), RightbrainSums.total(data));
          out.name("task_revisions").beginArray();
          data.forEach(
              (revision, buckets) -> {
                out.beginObject();
                out.name("task_revision_id").value(revision);
                out.name("data").beginObject();
                buckets.forEach(
                    (time, each) -> {
                      out.name(RightbrainTimes.withoutZone(time)).beginObject();
                      out.name("avg_llm_call_timing").value(Double.valueOf(each.average()));
                      out.name("total_task_runs").value(each.runs());
                      out.endObject();
                    });
                out.endObject().endObject();
              });
          out.endArray().endObject();
        });
  }

  private byte[] usage(RightbrainQuery query, RightbrainTask task) {
    long end = state.nowMicros();
    String aggregation = query.choice("aggregation", List.of("day", "week")).orElse("day");
    String asked = query.choice("status", List.of("ALL", "SUCCESS", "FAIL")).orElse("ALL");
    String status = query.flag("errors_only") ? "FAIL" : asked;
    query.check();
    boolean daily = aggregation.equals("day");
    long start = end - (daily ? 1 : 7) * RightbrainTimes.DAY;
    Map<String, Map<Long, RightbrainSums.Bucket>> data =
        new RightbrainSums(state, task, start, end)
            .buckets(
                daily ? RightbrainTimes.HOUR : RightbrainTimes.DAY,
                error -> status.equals("ALL") || error == status.equals("FAIL"));
    return JsonBody.bytes(
        out -> {
          out.beginObject();
          out.name("task_id").value(task.id());
          range(out, OptionalLong.of(start), end);
          out.name("aggregation").value(aggregation);
          out.name("status").value(status);
          out.name("task_revisions").beginArray();
          data.forEach(
              (revision, buckets) -> {
                out.beginObject();
                out.name("task_revision_id").value(revision);
                counts(out.name("data"), buckets);
                out.endObject();
              });
          out.endArray();
          counts(out.name("total_counts"), RightbrainSums.total(data));
          out.endObject();
        });
  }

  private static void counts(JsonOut out, Map<Long, RightbrainSums.Bucket> buckets) {
    out.beginObject();
    buckets.forEach((time, each) -> out.name(RightbrainTimes.withoutZone(time)).value(each.runs()));
    out.endObject();
  }

  private static void range(JsonOut out, OptionalLong start, long end) {
    out.name("date_range").beginObject();
    out.name("start");
    if (start.isPresent()) {
      out.value(RightbrainTimes.withoutZone(start.getAsLong()) + "+00:00");
    } else {
      out.nullValue();
    }
    out.name("end").value(RightbrainTimes.stamp(end));
    out.endObject();
  }
}
