package dev.turntable.handinger;

import com.squareup.moshi.JsonReader;
import dev.turntable.handinger.HandingerJson.Execution;
import dev.turntable.http.Json;
import java.io.IOException;
import java.time.Instant;

/** Reads an entry of the webhook execution log. Written by hand, as {@link TaskFields}. */
final class ExecutionFields {
  private static final JsonReader.Options NAMES =
      JsonReader.Options.of(
          "id",
          "workerId",
          "taskId",
          "taskTitle",
          "createdAt",
          "durationMs",
          "requestStatus",
          "responseStatus",
          "errorMessage",
          "url");

  private ExecutionFields() {}

  static Execution read(JsonReader reader) throws IOException {
    String id = null;
    String workerId = null;
    String taskId = null;
    String taskTitle = null;
    Instant createdAt = null;
    Long durationMs = null;
    String requestStatus = null;
    Integer responseStatus = null;
    String errorMessage = null;
    String url = null;
    reader.beginObject();
    while (reader.hasNext()) {
      switch (reader.selectName(NAMES)) {
        case 0 -> id = Json.string(reader);
        case 1 -> workerId = Json.string(reader);
        case 2 -> taskId = Json.string(reader);
        case 3 -> taskTitle = Json.string(reader);
        case 4 -> createdAt = Json.instant(reader);
        case 5 -> durationMs = Json.integer(reader);
        case 6 -> requestStatus = Json.string(reader);
        case 7 -> responseStatus = Json.smallInteger(reader);
        case 8 -> errorMessage = Json.string(reader);
        case 9 -> url = Json.string(reader);
        default -> HandingerAdapters.skip(reader);
      }
    }
    reader.endObject();
    return new Execution(
        Json.required(id, "id", reader),
        workerId,
        taskId,
        taskTitle,
        Json.required(createdAt, "createdAt", reader),
        durationMs,
        requestStatus,
        responseStatus,
        errorMessage,
        url);
  }
}
