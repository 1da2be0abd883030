package dev.turntable.simulator.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
  private static final Pattern FILENAME = Pattern.compile("filename=\"([^\"]*)\"");

  /**
   * A field or a file.
   *
   * @param filename null for a field
   * @param mediaType as the part says; {@code text/plain} where it says nothing
   */
  public record Part(String name, @Nullable String filename, String mediaType, byte[] content) {
    /** The content as text. */
    public String text() {
      return new String(content, UTF_8);
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
    byte[] body = request.bytes();
    byte[] line = ("--" + name).getBytes(ISO_8859_1);
    byte[] next = ("\r\n--" + name).getBytes(ISO_8859_1);
    List<Part> parts = new ArrayList<>();
    int at = indexOf(body, line, 0);
    if (at != 0) {
      throw new Refusal(400, "The form does not begin with its boundary");
    }
    at += line.length;
    while (!startsWith(body, at, "--")) {
      int from = at + 2; // behind the end of the line
      int end = indexOf(body, next, from);
      if (end < 0) {
        throw new Refusal(400, "The form does not end with its boundary");
      }
      parts.add(part(body, from, end));
      at = end + next.length;
    }
    return new MultipartForm(parts);
  }

  private static Part part(byte[] body, int from, int end) {
    int blank = indexOf(body, "\r\n\r\n".getBytes(ISO_8859_1), from);
    if (blank < 0 || blank > end) {
      throw new Refusal(400, "A part of the form has no end of its headers");
    }
    String disposition = "";
    String type = "text/plain";
    for (String header : new String(body, from, blank - from, UTF_8).split("\r\n", -1)) {
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
        Arrays.copyOfRange(body, blank + 4, end));
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

  private static boolean startsWith(byte[] body, int at, String text) {
    return at + text.length() <= body.length
        && new String(body, at, text.length(), ISO_8859_1).equals(text);
  }

  private static int indexOf(byte[] body, byte[] wanted, int from) {
    outer:
    for (int i = from; i <= body.length - wanted.length; i++) {
      for (int j = 0; j < wanted.length; j++) {
        if (body[i + j] != wanted[j]) {
          continue outer;
        }
      }
      return i;
    }
    return -1;
  }
}
