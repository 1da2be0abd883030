package dev.turntable.http;

import com.squareup.moshi.JsonEncodingException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import okhttp3.MediaType;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;
import okio.ForwardingSource;
import okio.Okio;
import okio.Source;
import org.jspecify.annotations.Nullable;

/**
 * A body that counts its bytes, has a limit, and remembers whether the network cut it, so that a
 * lost connection and bad JSON can be told apart.
 */
final class BoundedBody extends ResponseBody {
  /** The body of a refusal is only shown: what exceeds this is dropped. */
  static final long MAX_ERROR_BYTES = 64L << 10;

  private final ResponseBody body;
  private final BufferedSource source;

  BoundedBody(ResponseBody body, Attempt attempt, boolean success) {
    this.body = body;
    Source counted = success ? new Counted(body.source(), attempt) : refusal(body, attempt);
    this.source = Okio.buffer(success ? checked(counted, body.contentType()) : counted);
  }

  /** The text of an answer as UTF-8: whatever says to be text of another kind is brought to that. */
  private static Source checked(Source counted, @Nullable MediaType type) {
    String name = type == null ? null : type.parameter("charset");
    if (type == null || name == null || name.equalsIgnoreCase(StandardCharsets.UTF_8.name())) {
      return new JsonGuard(counted);
    }
    Charset charset = type.charset();
    if (charset == null) {
      return new ForwardingSource(counted) {
        @Override
        public long read(Buffer sink, long byteCount) throws IOException {
          throw new JsonEncodingException("the charset '" + name + "' is declared, and not known");
        }
      };
    }
    return new JsonGuard(
        charset.equals(StandardCharsets.UTF_8)
            ? counted
            : new TranscodedSource(Okio.buffer(counted), charset));
  }

  private static final class Counted extends ForwardingSource {
    private final Attempt attempt;

    Counted(Source source, Attempt attempt) {
      super(source);
      this.attempt = attempt;
    }

    @Override
    public long read(Buffer sink, long byteCount) throws IOException {
      long count;
      try {
        count = super.read(sink, byteCount);
      } catch (IOException e) {
        attempt.bodyLost(e);
        throw e;
      }
      attempt.read(Math.max(0, count));
      if (!attempt.hasRoom()) {
        throw new IOException("there is no memory for more than " + attempt.bytes() + " bytes");
      }
      return count;
    }
  }

  private static Source refusal(ResponseBody body, Attempt attempt) {
    return new ForwardingSource(body.source()) {
      @Override
      public long read(Buffer sink, long byteCount) {
        long left = MAX_ERROR_BYTES - attempt.bytes();
        if (left <= 0) {
          return -1;
        }
        try {
          long count = super.read(sink, Math.min(left, byteCount));
          attempt.read(Math.max(0, count));
          return count;
        } catch (IOException e) {
          return -1; // The status says enough; what came of the body is shown.
        }
      }
    };
  }

  @Override
  public @Nullable MediaType contentType() {
    return body.contentType();
  }

  @Override
  public long contentLength() {
    return -1; // The bytes are counted as they come, whatever was announced.
  }

  @Override
  public BufferedSource source() {
    return source;
  }
}
