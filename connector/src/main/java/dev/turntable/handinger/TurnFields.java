package dev.turntable.handinger;

import com.squareup.moshi.JsonReader;
import dev.turntable.handinger.HandingerJson.Turn;
import dev.turntable.http.Json;
import java.io.IOException;
import java.time.Instant;

/** Reads a turn. Written by hand, as {@link TaskFields}. */
final class TurnFields {
  private static final JsonReader.Options NAMES =
      JsonReader.Options.of(
          "id",
          "taskId",
          "seq",
          "role",
          "status",
          "input",
          "outputText",
          "structuredOutput",
          "inputTokens",
          "outputTokens",
          "credits",
          "durationMs",
          "startedAt",
          "completedAt",
          "files");

  private TurnFields() {}

  static Turn read(JsonReader reader) throws IOException {
    String id = null;
    String taskId = null;
    Long seq = null;
    String role = null;
    String status = null;
    String input = null;
    String outputText = null;
    String structuredOutput = null;
    Long inputTokens = null;
    Long outputTokens = null;
    Long credits = null;
    Long durationMs = null;
    Instant startedAt = null;
    Instant completedAt = null;
    String files = null;
    reader.beginObject();
    while (reader.hasNext()) {
      switch (reader.selectName(NAMES)) {
        case 0 -> id = Json.string(reader);
        case 1 -> taskId = Json.string(reader);
        case 2 -> seq = Json.integer(reader);
        case 3 -> role = Json.string(reader);
        case 4 -> status = Json.string(reader);
        case 5 -> input = Json.string(reader);
        case 6 -> outputText = Json.string(reader);
        case 7 -> structuredOutput = Json.raw(reader);
        case 8 -> inputTokens = Json.integer(reader);
        case 9 -> outputTokens = Json.integer(reader);
        case 10 -> credits = Json.integer(reader);
        case 11 -> durationMs = Json.integer(reader);
        case 12 -> startedAt = Json.instant(reader);
        case 13 -> completedAt = Json.instant(reader);
        case 14 -> files = Json.raw(reader);
        default -> HandingerAdapters.skip(reader);
      }
    }
    reader.endObject();
    return new Turn(
        Json.required(id, "id", reader),
        taskId,
        seq,
        role,
        status,
        input,
        outputText,
        structuredOutput,
        inputTokens,
        outputTokens,
        credits,
        durationMs,
        startedAt,
        completedAt,
        files);
  }
}
