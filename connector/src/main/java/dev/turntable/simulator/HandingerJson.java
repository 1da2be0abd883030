package dev.turntable.simulator;

import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Handinger's records as it writes them: mixed camelCase and snake_case, see its reference. */
final class HandingerJson {
  private HandingerJson() {}

  static void task(JsonWriter out, HandingerTask task, HandingerQuirks quirks) throws IOException {
    out.beginObject();
    out.setSerializeNulls(!quirks.omitsNulls());
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
    out.setSerializeNulls(true);
    out.endObject();
  }

  static void turns(JsonWriter out, HandingerTask task, HandingerQuirks quirks) throws IOException {
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

  private static void turn(JsonWriter out, HandingerTurn turn, HandingerQuirks quirks)
      throws IOException {
    out.beginObject();
    out.setSerializeNulls(!quirks.omitsNulls());
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
    Json.raw(out.name("structuredOutput"), turn.structuredOutput());
    out.name("taskId").value(turn.taskId());
    if (quirks.extraFields()) {
      out.name("model").beginObject().name("vendor").nullValue().endObject();
    }
    out.setSerializeNulls(true);
    out.endObject();
  }

  static void files(JsonWriter out, List<HandingerFile> files) throws IOException {
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

  static void execution(JsonWriter out, HandingerExecution execution) throws IOException {
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

  static void schedule(JsonWriter out, HandingerSchedule schedule) throws IOException {
    out.beginObject();
    out.name("id").value(schedule.id());
    out.name("budget").value(schedule.budget());
    out.name("input").value(schedule.input());
    out.name("nextRunAt").value(Times.iso(schedule.nextRunAt()));
    out.name("type").value(schedule.type());
    if (schedule.delayInSeconds() != null) {
      out.name("delayInSeconds").value(schedule.delayInSeconds());
    }
    if (schedule.intervalSeconds() != null) {
      out.name("intervalSeconds").value(schedule.intervalSeconds());
    }
    if (schedule.cron() != null) {
      out.name("cron").value(schedule.cron());
    }
    out.endObject();
  }

  private static void number(JsonWriter out, long value, HandingerQuirks quirks)
      throws IOException {
    if (quirks.decimals()) {
      Json.raw(out, value + ".0");
    } else {
      out.value(value);
    }
  }

  private static @Nullable String time(@Nullable Instant time) {
    return time == null ? null : Times.iso(time);
  }
}
