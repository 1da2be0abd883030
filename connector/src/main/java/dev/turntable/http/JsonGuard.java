package dev.turntable.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonEncodingException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import okio.Buffer;
import okio.ForwardingSource;
import okio.Source;

/**
 * Passes on JSON, and refuses what a reader of JSON would silently take for something else: bytes
 * that are not UTF-8, which would become replacement characters, an object that has a key twice, of
 * which the last would win, and what is no JSON but forgiven by Moshi: control characters and unknown
 * escapes in strings, {@code True} and {@code NULL}. All else is left to the reader. Used by one
 * thread.
 */
final class JsonGuard extends ForwardingSource {
  /** Deeper nesting than this is refused by the reader. */
  private static final int MAX_DEPTH = 300;

  /** An object of more keys is not one of a service's; its further keys are not looked at. */
  private static final int MAX_KEYS = 100_000;

  private static final int SHOWN = 60;

  private static final String ESCAPES = "\"\\/bfnrtu";

  private final Utf8Check text = new Utf8Check();
  private final BitSet objects = new BitSet();
  private final List<Set<String>> keys = new ArrayList<>();
  private final Buffer string = new Buffer();
  private int depth;
  private boolean keyFollows;
  private boolean inKey;
  private boolean inString;
  private boolean escaped;
  private byte before;

  JsonGuard(Source source) {
    super(source);
  }

  @Override
  public long read(Buffer sink, long byteCount) throws IOException {
    long count = super.read(sink, byteCount);
    if (count < 0) {
      text.end();
      return count;
    }
    Buffer copy = new Buffer();
    sink.copyTo(copy, sink.size() - count, count);
    byte[] bytes = copy.readByteArray();
    for (int i = plain(bytes, 0); i < bytes.length; i = plain(bytes, i + 1)) {
      text.accept(bytes[i]);
      accept(bytes[i]);
    }
    return count;
  }

  /** Returns where the plain letters of a value end, which are most of what is sent. */
  private int plain(byte[] bytes, int from) {
    int end = from;
    if (inString && !inKey && !escaped && text.isWhole()) {
      while (end < bytes.length && bytes[end] >= ' ' && bytes[end] != '"' && bytes[end] != '\\') {
        end++;
      }
    }
    return end;
  }

  private void accept(byte b) throws IOException {
    if (inString) {
      acceptInString(b);
      return;
    }
    switch (b) {
      case '{' -> open(true);
      case '[' -> open(false);
      case '}', ']' -> {
        depth = Math.max(0, depth - 1);
        keyFollows = false;
      }
      case ',' -> keyFollows = objects.get(depth);
      case '"' -> {
        inString = true;
        inKey = keyFollows && depth < MAX_DEPTH;
        keyFollows = false;
      }
      default -> {
        // Literals are small; the one capital letter is that of an exponent.
        if (b >= 'A' && b <= 'Z' && !(b == 'E' && before >= '0' && before <= '9')) {
          throw new JsonEncodingException("'" + (char) b + "' outside of a string is no JSON");
        }
      }
    }
    before = b;
  }

  private void acceptInString(byte b) throws IOException {
    if (escaped) {
      escaped = false;
      if (ESCAPES.indexOf(b) < 0) {
        throw new JsonEncodingException("a string has an escape that JSON does not know");
      }
    } else if (b == '"') {
      inString = false;
      if (inKey) {
        add(key());
      }
      return;
    } else if (b >= 0 && b < ' ') {
      throw new JsonEncodingException("a string has a control character in it");
    } else {
      escaped = b == '\\';
    }
    if (inKey) {
      string.writeByte(b);
    }
  }

  private void open(boolean isObject) {
    depth++;
    objects.set(depth, isObject);
    keyFollows = isObject;
    while (keys.size() <= Math.min(depth, MAX_DEPTH)) {
      keys.add(new HashSet<>());
    }
    if (depth < MAX_DEPTH) {
      keys.get(depth).clear();
    }
  }

  /** Returns a key as its reader will see it. */
  private String key() throws IOException {
    byte[] bytes = string.readByteArray();
    for (byte b : bytes) {
      if (b == '\\') {
        Buffer quoted = new Buffer().writeByte('"').write(bytes).writeByte('"');
        return com.squareup.moshi.JsonReader.of(quoted).nextString();
      }
    }
    return new String(bytes, UTF_8);
  }

  private void add(String key) {
    Set<String> known = keys.get(depth);
    if (known.size() < MAX_KEYS && !known.add(key)) {
      String shown = key.length() <= SHOWN ? key : key.substring(0, SHOWN) + "…";
      throw new JsonDataException("an object has the key '" + shown + "' twice");
    }
  }

  /** Checks that bytes are UTF-8, one after the other. */
  private static final class Utf8Check {
    private int missing;
    private int least = CONTINUATION;
    private int most = LAST_CONTINUATION;

    private static final int CONTINUATION = 0x80;
    private static final int LAST_CONTINUATION = 0xBF;

    void accept(byte next) throws IOException {
      int b = next & 0xFF;
      if (missing > 0) {
        if (b < least || b > most) {
          throw notUtf8();
        }
        missing--;
        least = CONTINUATION;
        most = LAST_CONTINUATION;
      } else if (b >= CONTINUATION) {
        begin(b);
      }
    }

    /** The narrower bounds keep out longer forms than need be, surrogates, and what is too large. */
    private void begin(int b) throws IOException {
      if (b < 0xC2 || b > 0xF4) {
        throw notUtf8();
      }
      missing = b < 0xE0 ? 1 : b < 0xF0 ? 2 : 3;
      least = b == 0xE0 ? 0xA0 : b == 0xF0 ? 0x90 : CONTINUATION;
      most = b == 0xED ? 0x9F : b == 0xF4 ? 0x8F : LAST_CONTINUATION;
    }

    boolean isWhole() {
      return missing == 0;
    }

    void end() throws IOException {
      if (missing > 0) {
        throw notUtf8();
      }
    }

    private static JsonEncodingException notUtf8() {
      return new JsonEncodingException("the text is not UTF-8, and no other charset is declared");
    }
  }
}
