package dev.turntable.http;

import java.io.IOException;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;
import retrofit2.Call;

/**
 * The connections to one place of a service: kept ones for reads, others kept for a moment for
 * writes, and, where a kept one turned out dead, new ones. Safe for use by several threads.
 */
final class Connections {
  /** Set while a call is made that must not go over a kept connection. */
  private static final ThreadLocal<Boolean> FRESH = new ThreadLocal<>();

  private final OkHttpClient reads;
  private final OkHttpClient writes;
  private final OkHttpClient fresh;

  /**
   * @param idleReads how many connections are kept for reads
   * @param idleWrites how many for writes
   */
  Connections(HttpOptions options, int idleReads, int idleWrites, String userAgent) {
    this.reads = Clients.open(options, idleReads, userAgent);
    this.writes = Clients.forWrites(reads, idleWrites);
    this.fresh = reads.newBuilder().connectionPool(Background.pool(0, 1)).build();
  }

  okhttp3.Call newCall(Request request) {
    Request.Builder builder = request.newBuilder().tag(Attempt.class, new Attempt());
    RequestBody body = request.body();
    if (body != null) {
      builder.method(request.method(), new OneShot(body));
    }
    OkHttpClient kept = request.method().equals("GET") ? reads : writes;
    return (FRESH.get() == null ? kept : fresh).newCall(builder.build());
  }

  /** Returns the same call again, to be sent over a connection of its own. */
  <T> Call<T> overNew(Call<T> call) {
    Call<T> clone = call.clone();
    FRESH.set(true);
    try {
      clone.request(); // makes the call that is sent
    } finally {
      FRESH.remove();
    }
    return clone;
  }

  /** Returns how much memory the body of a request takes: none, if it is made while it is sent. */
  static long held(Request request) throws IOException {
    RequestBody body = request.body();
    boolean streamed = body instanceof OneShot sent && sent.body instanceof FilesRequestBody;
    return body == null || streamed ? 0 : Math.max(0, body.contentLength());
  }

  /** Closes the connections that nobody uses. */
  void evict() {
    reads.connectionPool().evictAll();
    writes.connectionPool().evictAll();
    fresh.connectionPool().evictAll();
  }

  int idle() {
    return reads.connectionPool().idleConnectionCount()
        + writes.connectionPool().idleConnectionCount()
        + fresh.connectionPool().idleConnectionCount();
  }

  /** A body that OkHttp must not send twice. */
  private static final class OneShot extends RequestBody {
    private final RequestBody body;

    OneShot(RequestBody body) {
      this.body = body;
    }

    @Override
    public okhttp3.@Nullable MediaType contentType() {
      return body.contentType();
    }

    @Override
    public long contentLength() throws IOException {
      return body.contentLength();
    }

    @Override
    public void writeTo(okio.BufferedSink sink) throws IOException {
      body.writeTo(sink);
    }

    @Override
    public boolean isOneShot() {
      return true;
    }
  }
}
