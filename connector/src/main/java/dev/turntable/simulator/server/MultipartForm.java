package dev.turntable.simulator.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * A body of {@code multipart/form-data}, as RFC 7578 has it.
 *
 * @param parts in the order in which they came
 */
public record MultipartForm(List<Part> parts) {
  private static final Pattern BOUNDARY =
      Pattern.compile("boundary=(?:\"([^\"]+)\"|([^\\s;]+))", Pattern.CASE_INSENSITIVE);

  private static final Pattern NAME = Pattern.compile("(?:^|[;\\s])name=\"([^\"]*)\"");
  private static final ByteString LAST = ByteString.encodeUtf8("--");
  private static final ByteString BLANK_LINE = ByteString.encodeUtf8("\r\n\r\n");
  private static final Pattern FILENAME = Pattern.compile("filename=\"([^\"]*)\"");

  /**
   * A field or a file.
   *
   * @param filename null for a field
   * @param mediaType as the part says; {@code text/plain} where it says nothing
   */
  public record Part(String name, @Nullable String filename, String mediaType, ByteString content) {
    /** The content as text. */
    public String text() {
      return content.utf8();
    }
  }

  /** Copies the list. */
  public MultipartForm {
    parts = List.copyOf(parts);
  }

  /** Whether a request says that its body is one. */
  public static boolean isOne(ServiceRequest request) {
    return request
        .header("Content-Type")
        .filter(type -> type.toLowerCase(Locale.ROOT).startsWith("multipart/form-data"))
        .isPresent();
  }

  /**
   * Reads the body of a request.
   *
   * @throws Refusal 400 when it is no such form
   */
  public static MultipartForm of(ServiceRequest request) {
    Matcher boundary = BOUNDARY.matcher(request.header("Content-Type").orElse(""));
    if (!boundary.find()) {
      throw new Refusal(400, "The form has no boundary");
    }
    String name = boundary.group(1) == null ? boundary.group(2) : boundary.group(1);
    ByteString body = request.bytes();
    ByteString line = ByteString.encodeUtf8("--" + name);
    ByteString next = ByteString.encodeUtf8("\r\n--" + name);
    List<Part> parts = new ArrayList<>();
    if (!body.startsWith(line)) {
      throw new Refusal(400, "The form does not begin with its boundary");
    }
    int at = line.size();
    while (!body.rangeEquals(at, LAST, 0, LAST.size())) {
      int from = at + 2; // behind the end of the line
      int end = body.indexOf(next, from);
      if (end < 0) {
        throw new Refusal(400, "The form does not end with its boundary");
      }
      parts.add(part(body, from, end));
      at = end + next.size();
    }
    return new MultipartForm(parts);
  }

  private static Part part(ByteString body, int from, int end) {
    int blank = body.indexOf(BLANK_LINE, from);
    if (blank < 0 || blank > end) {
      throw new Refusal(400, "A part of the form has no end of its headers");
    }
    String disposition = "";
    String type = "text/plain";
    for (String header : body.substring(from, blank).utf8().split("\r\n", -1)) {
      String lower = header.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-disposition:")) {
        disposition = header;
      } else if (lower.startsWith("content-type:")) {
        type = header.substring("content-type:".length()).strip();
      }
    }
    Matcher name = NAME.matcher(disposition);
    if (!name.find()) {
      throw new Refusal(400, "A part of the form has no name");
    }
    Matcher filename = FILENAME.matcher(disposition);
    return new Part(
        unescaped(name.group(1)),
        filename.find() ? unescaped(filename.group(1)) : null,
        type,
        body.substring(blank + BLANK_LINE.size(), end));
  }

  /** As browsers escape names. */
  private static String unescaped(String name) {
    return name.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n");
  }

  /** The text of the first field of a name. */
  public Optional<String> field(String name) {
    return parts.stream()
        .filter(part -> part.filename() == null && part.name().equals(name))
        .map(Part::text)
        .findFirst();
  }

  /** The files under one of some names, in their order. */
  public List<UploadedFile> files(String... names) {
    return parts.stream()
        .filter(part -> part.filename() != null && List.of(names).contains(part.name()))
        .map(
            part ->
                new UploadedFile(
                    part.name(), String.valueOf(part.filename()), part.mediaType(), part.content()))
        .toList();
  }
}
