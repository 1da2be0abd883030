package dev.turntable.http;

import dev.turntable.source.ErrorKind;
import dev.turntable.source.TurntableException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import okhttp3.MediaType;

/**
 * The files that a row of an INSERT gives, as the column {@code files} takes them: a JSON array of
 * {@code {"filename", "media_type", "content"}}, the content in base64. The contents stay where they
 * are, in the text that the user bound.
 */
public final class GivenFiles {
  /** All files of a row together have at most so many bytes. */
  public static final long MAX_BYTES = 64L << 20;

  /** No files. */
  public static final GivenFiles NONE = new GivenFiles(List.of());

  private static final int MAX_NAME = 255;

  private final List<GivenFile> files;

  /** A file; its name and media type may stand in a header. */
  record GivenFile(String filename, String mediaType, Base64Text content, long size) {}

  private GivenFiles(List<GivenFile> files) {
    this.files = List.copyOf(files);
  }

  /**
   * Reads them.
   *
   * @param table the table, for messages, which never show a content
   * @throws TurntableException as {@link ErrorKind#BAD_VALUE} if the text is anything else, as {@link
   *     ErrorKind#TOO_LARGE} if there is more than {@link #MAX_BYTES}
   */
  public static GivenFiles of(String table, String json) {
    List<GivenFile> files = new FilesReader(table, json).read();
    long all = 0;
    Set<String> names = new HashSet<>();
    for (GivenFile file : files) {
      checkName(table, file.filename());
      checkType(table, file);
      if (!names.add(file.filename())) {
        throw bad(table, "two files have the name '" + file.filename() + "'");
      }
      all += file.size();
    }
    if (all > MAX_BYTES) {
      throw new TurntableException(
          ErrorKind.TOO_LARGE,
          table
              + ".files: the files have "
              + all
              + " bytes in all; more than 64 MiB ("
              + MAX_BYTES
              + " bytes) are not sent");
    }
    return new GivenFiles(files);
  }

  private static void checkName(String table, String name) {
    if (name.isEmpty()) {
      throw bad(table, "a file has an empty name");
    }
    if (name.indexOf('/') >= 0
        || name.indexOf('\\') >= 0
        || name.equals(".")
        || name.equals("..")) {
      throw bad(table, "the file name '" + shown(name) + "' is a path; give the bare name");
    }
    if (name.length() > MAX_NAME) {
      throw bad(table, "the file name '" + shown(name) + "' is longer than 255 characters");
    }
    if (name.chars().anyMatch(c -> Character.isISOControl(c))) {
      throw bad(table, "a file name holds a control character");
    }
  }

  private static void checkType(String table, GivenFile file) {
    String type = file.mediaType();
    boolean printable = type.chars().allMatch(c -> c >= ' ' && c < 0x7F);
    if (!printable || MediaType.parse(type) == null) {
      throw bad(
          table,
          "the media_type of '" + file.filename() + "' is no media type, such as application/pdf");
    }
  }

  private static String shown(String name) {
    return name.length() <= 60 ? name : name.substring(0, 60) + "…";
  }

  static TurntableException bad(String table, String what) {
    return new TurntableException(
        ErrorKind.BAD_VALUE,
        table
            + ".files: "
            + what
            + "; files are a JSON array of {\"filename\", \"media_type\", \"content\"}, the content in"
            + " base64");
  }

  List<GivenFile> files() {
    return files;
  }

  /** Returns whether there is none. */
  public boolean isEmpty() {
    return files.isEmpty();
  }

  /** Returns how many there are. */
  public int count() {
    return files.size();
  }

  /** Never shows what is in them. */
  @Override
  public String toString() {
    return files.size() + " files";
  }
}
