package dev.turntable.handinger;

import com.squareup.moshi.JsonReader;
import dev.turntable.handinger.HandingerJson.Task;
import dev.turntable.http.Json;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The fields of a task while they are read. Written by hand: reflection would take most of the time. */
final class TaskFields {
  private static final JsonReader.Options NAMES =
      JsonReader.Options.of(
          "id",
          "title",
          "status",
          "triggeredBy",
          "workerId",
          "organizationId",
          "createdByUserId",
          "createdAt",
          "completedAt",
          "totals",
          "url");
  private static final JsonReader.Options TOTALS =
      JsonReader.Options.of("credits", "durationMs", "turnCount");

  private @Nullable String id;
  private @Nullable String title;
  private @Nullable String status;
  private @Nullable String triggeredBy;
  private @Nullable String workerId;
  private @Nullable String organizationId;
  private @Nullable String createdByUserId;
  private @Nullable Instant createdAt;
  private @Nullable Instant completedAt;
  private @Nullable Long credits;
  private @Nullable Long durationMs;
  private @Nullable Long turnCount;
  private @Nullable String url;

  /** Reads a whole task. */
  static TaskFields of(JsonReader reader) throws IOException {
    TaskFields fields = new TaskFields();
    reader.beginObject();
    while (reader.hasNext()) {
      if (!fields.read(reader)) {
        HandingerAdapters.skip(reader);
      }
    }
    reader.endObject();
    return fields;
  }

  /** Reads a field if it is one of a task, and returns whether it is. */
  boolean read(JsonReader reader) throws IOException {
    switch (reader.selectName(NAMES)) {
      case 0 -> id = Json.string(reader);
      case 1 -> title = Json.string(reader);
      case 2 -> status = Json.string(reader);
      case 3 -> triggeredBy = Json.string(reader);
      case 4 -> workerId = Json.string(reader);
      case 5 -> organizationId = Json.string(reader);
      case 6 -> createdByUserId = Json.string(reader);
      case 7 -> createdAt = Json.instant(reader);
      case 8 -> completedAt = Json.instant(reader);
      case 9 -> readTotals(reader);
      case 10 -> url = Json.string(reader);
      default -> {
        return false;
      }
    }
    return true;
  }

  private void readTotals(JsonReader reader) throws IOException {
    if (reader.peek() == JsonReader.Token.NULL) {
      reader.nextNull();
      return;
    }
    reader.beginObject();
    while (reader.hasNext()) {
      switch (reader.selectName(TOTALS)) {
        case 0 -> credits = Json.integer(reader);
        case 1 -> durationMs = Json.integer(reader);
        case 2 -> turnCount = Json.integer(reader);
        default -> HandingerAdapters.skip(reader);
      }
    }
    reader.endObject();
  }

  /** Returns whether what was read can be a task. */
  boolean isTask() {
    return id != null && status != null;
  }

  Task task(JsonReader reader) {
    return new Task(
        Json.required(id, "id", reader),
        title,
        status,
        triggeredBy,
        workerId,
        organizationId,
        createdByUserId,
        createdAt,
        completedAt,
        credits,
        durationMs,
        turnCount,
        url);
  }
}
