package dev.turntable.jdbc.cli.script;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Texts from outside, which are UTF-8 whatever the locale says. Java decodes arguments by the locale;
 * where there is none, as in containers and cron jobs, letters beyond ASCII become question marks.
 */
public final class Utf8 {
  /** Where Linux keeps the arguments of a process as they were given, each ended by a zero. */
  static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");

  /** What stands in a text for bytes that were no letter. */
  public static final char LOST = '\uFFFD';

  private static final String MARK = "\uFEFF";

  private Utf8() {}

  /** A text that cannot be read, so that nothing is done at all. */
  public static final class UndecodableException extends IOException {
    private static final long serialVersionUID = 1L;

    /** A failure to say what cannot be read. */
    public UndecodableException(String what) {
      super("[22023] " + what + "; nothing was sent");
    }
  }

  /** Returns the arguments of this process as they were given. */
  public static String[] arguments(String[] decoded) throws UndecodableException {
    return arguments(decoded, charset(System.getProperty("sun.jnu.encoding", "")), COMMAND_LINE);
  }

  /**
   * Returns arguments as they were given.
   *
   * @param decoded as Java gives them
   * @param charset by which Java decoded them
   * @param raw where they are byte by byte, if there is such a file
   */
  static String[] arguments(String[] decoded, Charset charset, Path raw)
      throws UndecodableException {
    boolean byOther = !charset.equals(UTF_8);
    if (Arrays.stream(decoded).noneMatch(text -> isDoubtful(text, byOther))) {
      return decoded;
    }
    List<byte[]> bytes = given(raw, decoded.length);
    String[] result = new String[decoded.length];
    for (int i = 0; i < decoded.length; i++) {
      boolean known = bytes.size() == decoded.length && isSame(decoded[i], bytes.get(i));
      if (known) {
        result[i] = decode(bytes.get(i), "argument " + (i + 1));
      } else if (isDoubtful(decoded[i], byOther)) {
        throw new UndecodableException(
            "argument "
                + (i + 1)
                + " cannot be read in this locale, whose encoding is "
                + charset
                + ": set LC_ALL=C.UTF-8, or give it by -f");
      } else {
        result[i] = decoded[i];
      }
    }
    return result;
  }

  /** Returns whether Java may have decoded something into another text than was meant. */
  private static boolean isDoubtful(String text, boolean byOther) {
    return text.chars().anyMatch(c -> c == LOST || (byOther && (c == '?' || c >= 0x80)));
  }

  /** Returns the last arguments of the process, fewer if it has not so many. */
  private static List<byte[]> given(Path file, int count) {
    List<byte[]> all = new ArrayList<>();
    try {
      byte[] bytes = Files.readAllBytes(file);
      int begin = 0;
      for (int at = 0; at < bytes.length; at++) {
        if (bytes[at] == 0) {
          all.add(Arrays.copyOfRange(bytes, begin, at));
          begin = at + 1;
        }
      }
    } catch (IOException e) {
      return List.of(); // not Linux: what is in doubt is refused
    }
    return all.subList(Math.max(0, all.size() - count), all.size());
  }

  /** Compares what no charset changes, for Java may have taken its arguments from a file. */
  private static boolean isSame(String decoded, byte[] bytes) {
    StringBuilder one = new StringBuilder();
    decoded.chars().filter(c -> c < 0x80 && c != '?').forEach(c -> one.append((char) c));
    StringBuilder other = new StringBuilder();
    for (byte b : bytes) {
      if (b >= 0 && b != '?') {
        other.append((char) b);
      }
    }
    return one.compareTo(other) == 0;
  }

  /**
   * Decodes a text, without the mark at its begin that some editors and shells leave.
   *
   * @param what its name in the message, if it is not UTF-8
   */
  public static String decode(byte[] bytes, String what) throws UndecodableException {
    try {
      String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith(MARK) ? text.substring(MARK.length()) : text;
    } catch (CharacterCodingException e) {
      throw new UndecodableException(what + " is not UTF-8");
    }
  }

  /** Reads a file of statements. */
  public static String readFile(String name) throws IOException {
    try {
      return decode(Files.readAllBytes(Path.of(name)), name);
    } catch (InvalidPathException e) {
      throw new IOException(
          "cannot read "
              + name
              + ": this locale has no such file names; set LC_ALL=C.UTF-8, or use -f -",
          e);
    } catch (UndecodableException e) {
      throw e;
    } catch (IOException e) {
      throw new IOException("cannot read " + name + ": " + e.getClass().getSimpleName(), e);
    }
  }

  private static Charset charset(String name) {
    try {
      return Charset.forName(name);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      return java.nio.charset.StandardCharsets.US_ASCII; // as little as can be relied on
    }
  }
}
