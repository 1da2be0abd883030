package dev.turntable.http;

import com.squareup.moshi.JsonEncodingException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import okio.Buffer;
import okio.BufferedSource;
import okio.Source;
import okio.Timeout;

/** Passes on text of another charset as UTF-8; bytes that are not text in it are an error. */
final class TranscodedSource implements Source {
  /** A char is at most so many bytes of UTF-8. */
  private static final int BYTES_PER_CHAR = 3;

  private static final int MAX_CHARS = 4096;

  private final BufferedSource source;
  private final Charset charset;
  private final Reader reader;
  private final char[] chars = new char[MAX_CHARS + 1];
  private int kept;

  TranscodedSource(BufferedSource source, Charset charset) {
    this.source = source;
    this.charset = charset;
    this.reader =
        new InputStreamReader(
            source.inputStream(),
            charset
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT));
  }

  @Override
  public long read(Buffer sink, long byteCount) throws IOException {
    int room = (int) Math.max(1, Math.min(MAX_CHARS, byteCount / BYTES_PER_CHAR));
    long before = sink.size();
    do {
      int count = readChars(room);
      if (count < 0) {
        if (kept > 0) {
          throw bad();
        }
        return -1;
      }
      count += kept;
      // The first half of a pair waits for the other.
      kept = Character.isHighSurrogate(chars[count - 1]) ? 1 : 0;
      sink.writeUtf8(new String(chars, 0, count - kept));
      chars[0] = chars[count - 1];
    } while (sink.size() == before);
    return sink.size() - before;
  }

  private int readChars(int room) throws IOException {
    try {
      return reader.read(chars, kept, room);
    } catch (CharacterCodingException e) {
      throw bad();
    }
  }

  private JsonEncodingException bad() {
    return new JsonEncodingException("the text is not " + charset + ", which is declared");
  }

  @Override
  public Timeout timeout() {
    return source.timeout();
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
