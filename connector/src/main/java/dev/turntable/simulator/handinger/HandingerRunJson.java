package dev.turntable.simulator.handinger;

import dev.turntable.simulator.server.JsonOut;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The run object {@code Worker}: the state of a worker for one task. What the reference leaves open
 * is chosen here: {@code id} is the worker's, {@code created_at} the task's in epoch seconds, a run
 * that failed is {@code completed} because the type knows no error, {@code messages} are the turns
 * as role and content, {@code metadata} is empty.
 */
final class HandingerRunJson {
  private HandingerRunJson() {}

  static void run(JsonOut out, String workerId, HandingerTask task, HandingerState.Shape shape) {
    List<HandingerTurn> turns = task.turns();
    HandingerTurn last = turns.get(turns.size() - 1);
    String status =
        switch (task.status()) {
          case "pending", "running" -> task.status();
          default -> "completed";
        };
    begin(out, workerId, task.createdAt().getEpochSecond());
    out.name("files");
    HandingerJson.files(
        out,
        turns.stream()
            .map(HandingerTurn::files)
            .filter(Objects::nonNull)
            .flatMap(List::stream)
            .toList());
    out.name("messages").beginArray();
    for (HandingerTurn turn : turns) {
      message(out, "user", turn.input());
      if (!turn.outputText().isEmpty()) {
        message(out, "assistant", turn.outputText());
      }
    }
    out.endArray();
    out.name("output").beginArray();
    for (HandingerTurn turn : turns) {
      if (!turn.outputText().isEmpty()) {
        output(out, turn);
      }
    }
    out.endArray();
    out.name("output_text").value(last.outputText());
    out.name("running").value(status.equals("running"));
    out.name("sources").beginArray();
    if (!last.outputText().isEmpty()) {
      out.beginObject().name("id").value("src_" + last.seq()).name("title").nullValue();
      out.name("type").value("url").name("url").value("https://example.com/" + last.id());
      out.endObject();
    }
    out.endArray();
    out.name("status").value(status);
    out.name("structured_output").raw(last.structuredOutput());
    end(out, workerId, task.credits(), task.durationMs(), shape);
  }

  /** A worker that has never run. */
  static void idle(JsonOut out, String workerId, HandingerState.Shape shape) {
    begin(out, workerId, null);
    for (String list : List.of("files", "messages", "output", "sources")) {
      out.name(list).beginArray().endArray();
    }
    out.name("output_text").value("");
    out.name("running").value(false);
    out.name("status").value("pending");
    out.name("structured_output").nullValue();
    end(out, workerId, 0, 0, shape);
  }

  private static void begin(JsonOut out, String workerId, @Nullable Long createdAt) {
    out.beginObject();
    out.name("id").value(workerId);
    out.name("created_at").value(createdAt);
    out.name("error").nullValue();
    out.name("incomplete_details").nullValue();
    out.name("metadata").beginObject().endObject();
    out.name("object").value("worker");
  }

  private static void end(
      JsonOut out, String workerId, long credits, long durationMs, HandingerState.Shape shape) {
    out.name("url").value(HandingerTask.workerUrl(workerId));
    out.name("usage").beginObject();
    if (shape == HandingerState.Shape.LEGACY) {
      out.name("credits").value(credits);
    }
    out.name("durationMs").value(durationMs);
    out.endObject();
    out.endObject();
  }

  private static void message(JsonOut out, String role, String content) {
    out.beginObject().name("role").value(role).name("content").value(content).endObject();
  }

  private static void output(JsonOut out, HandingerTurn turn) {
    out.beginObject();
    out.name("id").value("msg_" + turn.id());
    out.name("content").beginArray().beginObject();
    out.name("text").value(turn.outputText());
    out.name("type").value("output_text");
    out.endObject().endArray();
    out.name("role").value("assistant");
    out.name("status").value("completed");
    out.name("type").value("message");
    out.endObject();
  }
}
