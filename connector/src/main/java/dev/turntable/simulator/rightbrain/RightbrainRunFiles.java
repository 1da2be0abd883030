package dev.turntable.simulator.rightbrain;

import dev.turntable.simulator.server.JsonOut;
import dev.turntable.simulator.server.UploadedFile;
import java.net.URLConnection;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** The files of a run: as JSON brings them, and as the service tells of them. */
final class RightbrainRunFiles {
  private RightbrainRunFiles() {}

  /** Reads {@code task_files}: objects {@code filename} and {@code content}, which is base64. */
  static List<UploadedFile> of(@Nullable Object given, List<RightbrainProblem> problems) {
    List<UploadedFile> files = new ArrayList<>();
    if (given == null) {
      return files;
    }
    if (!(given instanceof List<?> list)) {
      problems.add(
          RightbrainProblem.of("list_type", "Input should be a valid list", "body", "task_files"));
      return files;
    }
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i) instanceof Map<?, ?> file
          && file.get("filename") instanceof String name
          && file.get("content") instanceof String content) {
        add(name, content, i, files, problems);
      } else {
        problems.add(
            RightbrainProblem.of(
                "missing", "Field required", "body", "task_files", String.valueOf(i)));
      }
    }
    return files;
  }

  private static void add(
      String name,
      String content,
      int at,
      List<UploadedFile> files,
      List<RightbrainProblem> problems) {
    try {
      files.add(
          new UploadedFile(
              "task_files", name, type(name), ByteString.of(Base64.getDecoder().decode(content))));
    } catch (IllegalArgumentException e) {
      problems.add(
          RightbrainProblem.of(
              "value_error",
              "Invalid base64",
              "body",
              "task_files",
              String.valueOf(at),
              "content"));
    }
  }

  private static String type(String name) {
    @Nullable String known = URLConnection.guessContentTypeFromName(name);
    return known == null ? "application/octet-stream" : known;
  }

  /** Writes what a run tells of one of its files, the {@code number}-th from 1. */
  static void write(JsonOut out, UploadedFile file, String runPath, String runId, int number) {
    String stored = runId.substring(24) + "-" + number;
    out.beginObject();
    out.name("original_filename").value(file.filename());
    out.name("stored_filename").value(stored);
    out.name("content_type").value(file.mediaType());
    out.name("download_url").value(runPath + "/file/" + stored);
    out.name("size_bytes").value(file.content().size());
    out.endObject();
  }
}
