package dev.turntable.simulator.server;

import okio.ByteString;

/**
 * A file that came with a request.
 *
 * @param field the name of its part or member
 * @param mediaType empty where the form has no place for it
 */
public record UploadedFile(String field, String filename, String mediaType, ByteString content) {
  /** The content as text. */
  public String text() {
    return content.utf8();
  }

  /** {@code files[] a.txt text/plain 3}: everything but the content, of which the size. */
  @Override
  public String toString() {
    return field + " " + filename + " " + mediaType + " " + content.size();
  }
}
