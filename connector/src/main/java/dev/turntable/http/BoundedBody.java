package dev.turntable.http;

import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;
import okio.ForwardingSource;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/**
 * A body that counts its bytes, has a limit, and remembers whether the network cut it, so that a
 * lost connection and bad JSON can be told apart.
 */
final class BoundedBody extends ResponseBody {
  static final long MAX_BYTES = 64L << 20;

  /** The body of a refusal is only shown: what exceeds this is dropped. */
  static final long MAX_ERROR_BYTES = 64L << 10;

  private final ResponseBody body;
  private final BufferedSource source;

  BoundedBody(ResponseBody body, Attempt attempt, boolean success) {
    this.body = body;
    this.source =
        Okio.buffer(
            new ForwardingSource(body.source()) {
              @Override
              public long read(Buffer sink, long byteCount) throws IOException {
                return success
                    ? readAnswer(sink, byteCount, attempt)
                    : readRefusal(sink, byteCount, attempt);
              }

              private long readAnswer(Buffer sink, long byteCount, Attempt attempt)
                  throws IOException {
                long count;
                try {
                  count = super.read(sink, byteCount);
                } catch (IOException e) {
                  attempt.bodyLost(e);
                  throw e;
                }
                attempt.read(Math.max(0, count));
                if (attempt.bytes() > MAX_BYTES) {
                  attempt.bodyTooLarge();
                  throw new IOException("the body is larger than " + MAX_BYTES + " bytes");
                }
                return count;
              }

              private long readRefusal(Buffer sink, long byteCount, Attempt attempt) {
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
            });
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
