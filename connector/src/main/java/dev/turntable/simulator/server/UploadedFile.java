package dev.turntable.simulator.server;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A file that came with a request.
 *
 * @param field the name of its part or member
 * @param mediaType empty where the form has no place for it
 */
public record UploadedFile(String field, String filename, String mediaType, byte[] content) {
  /** The content as text. */
  public String text() {
    return new String(content, UTF_8);
  }

  /** {@code files[] a.txt text/plain 3}: everything but the content, of which the size. */
  @Override
  public String toString() {
    return field + " " + filename + " " + mediaType + " " + content.length;
  }
}
