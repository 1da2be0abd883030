package dev.turntable.simulator.handinger;

import dev.turntable.simulator.server.JsonOut;
import dev.turntable.simulator.server.Times;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Handinger's records as it writes them: mixed camelCase and snake_case, see its reference. */
final class HandingerJson {
  private HandingerJson() {}

  static void task(JsonOut out, HandingerTask task, HandingerQuirks quirks) {
    out.beginObject();
    out.omitsNulls(quirks.omitsNulls());
    out.name("id").value(task.id());
    out.name("completedAt").value(time(task.completedAt()));
    out.name("createdAt").value(Times.iso(task.createdAt()));
    out.name("createdByUserId").value(task.createdByUserId());
    out.name("organizationId").value(task.organizationId());
    out.name("status").value(task.status());
    out.name("title").value(task.title());
    out.name("totals").beginObject();
    number(out.name("credits"), task.credits(), quirks);
    number(out.name("durationMs"), task.durationMs(), quirks);
    number(out.name("turnCount"), task.turns().size(), quirks);
    out.endObject();
    out.name("triggeredBy").value(task.triggeredBy());
    out.name("url").value(task.url());
    out.name("workerId").value(task.workerId());
    if (quirks.extraFields()) {
      out.name("labels").beginArray().value("new").endArray();
    }
    out.omitsNulls(false);
    out.endObject();
  }

  static void turns(JsonOut out, HandingerTask task, HandingerQuirks quirks) {
    List<HandingerTurn> turns = new ArrayList<>(task.turns());
    if (quirks.shuffledTurns()) {
      Collections.reverse(turns);
    }
    out.beginArray();
    for (HandingerTurn turn : turns) {
      turn(out, turn, quirks);
    }
    out.endArray();
  }

  private static void turn(JsonOut out, HandingerTurn turn, HandingerQuirks quirks) {
    out.beginObject();
    out.omitsNulls(quirks.omitsNulls());
    out.name("id").value(turn.id());
    out.name("completedAt").value(time(turn.completedAt()));
    number(out.name("credits"), turn.credits(), quirks);
    number(out.name("durationMs"), turn.durationMs(), quirks);
    if (turn.files() != null) {
      out.name("files");
      files(out, turn.files());
    }
    out.name("input").value(turn.input());
    number(out.name("inputTokens"), turn.inputTokens(), quirks);
    out.name("outputText").value(turn.outputText());
    number(out.name("outputTokens"), turn.outputTokens(), quirks);
    out.name("role").value(turn.role());
    number(out.name("seq"), turn.seq(), quirks);
    out.name("startedAt").value(Times.iso(turn.startedAt()));
    out.name("status").value(turn.status());
    out.name("structuredOutput").raw(turn.structuredOutput());
    out.name("taskId").value(turn.taskId());
    if (quirks.extraFields()) {
      out.name("model").beginObject().name("vendor").nullValue().endObject();
    }
    out.omitsNulls(false);
    out.endObject();
  }

  static void files(JsonOut out, List<HandingerFile> files) {
    out.beginArray();
    for (HandingerFile file : files) {
      out.beginObject();
      out.name("filename").value(file.filename());
      out.name("mediaType").value(file.mediaType());
      out.name("url").value(file.url());
      if (file.size() != null) {
        out.name("size").value(file.size());
      }
      out.endObject();
    }
    out.endArray();
  }

  static void execution(JsonOut out, HandingerExecution execution) {
    out.beginObject();
    out.name("id").value(execution.id());
    out.name("createdAt").value(Times.iso(execution.createdAt()));
    out.name("durationMs").value(execution.durationMs());
    out.name("errorMessage").value(execution.errorMessage());
    out.name("requestStatus").value(execution.requestStatus());
    out.name("responseStatus").value(execution.responseStatus());
    out.name("taskId").value(execution.taskId());
    out.name("taskTitle").value(execution.taskTitle());
    out.name("url").value(execution.url());
    out.name("workerId").value(execution.workerId());
    out.endObject();
  }

  static void schedule(JsonOut out, HandingerSchedule schedule) {
    out.beginObject();
    out.name("id").value(schedule.id());
    out.name("budget").value(schedule.budget());
    out.name("input").value(schedule.input());
    HandingerSchedule.When when = schedule.when();
    out.name("nextRunAt").value(Times.iso(when.nextRunAt()));
    out.name("type").value(when.type());
    if (when.delayInSeconds() != null) {
      out.name("delayInSeconds").value(when.delayInSeconds());
    }
    if (when.intervalSeconds() != null) {
      out.name("intervalSeconds").value(when.intervalSeconds());
    }
    if (when.cron() != null) {
      out.name("cron").value(when.cron());
    }
    out.endObject();
  }

  private static void number(JsonOut out, long value, HandingerQuirks quirks) {
    if (quirks.decimals()) {
      out.raw(value + ".0");
    } else {
      out.value(value);
    }
  }

  private static @Nullable String time(@Nullable Instant time) {
    return time == null ? null : Times.iso(time);
  }
}
