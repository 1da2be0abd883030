package dev.turntable.jdbc.cli.script;

import dev.turntable.source.PlainFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Files as the column {@code files} takes them. Only who starts the program can name one: no statement,
 * URL or property does.
 */
final class ParameterFiles {
  /** What an INSERT sends at most. */
  private static final int MAX_BYTES = 64 << 20;

  private static final String UNKNOWN_TYPE = "application/octet-stream";

  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("txt", "text/plain"),
          Map.entry("log", "text/plain"),
          Map.entry("md", "text/markdown"),
          Map.entry("csv", "text/csv"),
          Map.entry("tsv", "text/tab-separated-values"),
          Map.entry("htm", "text/html"),
          Map.entry("html", "text/html"),
          Map.entry("json", "application/json"),
          Map.entry("xml", "application/xml"),
          Map.entry("yaml", "application/yaml"),
          Map.entry("yml", "application/yaml"),
          Map.entry("pdf", "application/pdf"),
          Map.entry("rtf", "application/rtf"),
          Map.entry("zip", "application/zip"),
          Map.entry("doc", "application/msword"),
          Map.entry("xls", "application/vnd.ms-excel"),
          Map.entry("ppt", "application/vnd.ms-powerpoint"),
          Map.entry(
              "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
          Map.entry("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
          Map.entry(
              "pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
          Map.entry("png", "image/png"),
          Map.entry("jpg", "image/jpeg"),
          Map.entry("jpeg", "image/jpeg"),
          Map.entry("gif", "image/gif"),
          Map.entry("webp", "image/webp"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("tif", "image/tiff"),
          Map.entry("tiff", "image/tiff"),
          Map.entry("heic", "image/heic"),
          Map.entry("mp3", "audio/mpeg"),
          Map.entry("wav", "audio/wav"),
          Map.entry("mp4", "video/mp4"));

  private ParameterFiles() {}

  /**
   * Reads files and returns their JSON text.
   *
   * @throws IOException if one cannot be read, or is too large
   */
  static String read(List<String> paths) throws IOException {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    String separator = "[";
    for (String each : paths) {
      Path path = path(each);
      byte[] content;
      try {
        content = PlainFile.read(path, MAX_BYTES);
      } catch (PlainFile.RefusedException e) {
        throw new IOException("cannot read " + each + ": it" + e.getMessage(), e);
      } catch (IOException e) {
        throw new IOException("cannot read " + each + ": " + e.getClass().getSimpleName(), e);
      }
      String name = String.valueOf(path.getFileName());
      ascii(json, separator + "{\"filename\":" + quoted(name));
      ascii(json, ",\"media_type\":\"" + type(name) + "\",\"content\":\"");
      json.write(Base64.getEncoder().encode(content));
      ascii(json, "\"}");
      separator = ",";
    }
    ascii(json, "]");
    return json.toString(StandardCharsets.ISO_8859_1);
  }

  private static Path path(String given) throws IOException {
    try {
      return Path.of(given);
    } catch (InvalidPathException e) {
      throw new IOException(
          "cannot read " + given + ": this locale has no such file names; set LC_ALL=C.UTF-8", e);
    }
  }

  private static void ascii(ByteArrayOutputStream json, String text) {
    json.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Escapes whatever is not ASCII, so that the long text needs one byte a character. */
  private static String quoted(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ' || c > '~') {
        json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }

  private static String type(String name) {
    String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return TYPES.getOrDefault(ending, UNKNOWN_TYPE);
  }
}
