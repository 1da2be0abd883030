package dev.turntable.http;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.Headers;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a request: what it needs on its way and what became of it. Travels as a tag of the
 * request, and hears OkHttp's events, which may come from the thread that connects.
 */
final class Attempt extends EventListener {
  /** A redirect that leads here; counts as a request and goes into the log. */
  interface Redirects {
    void follow(Response redirect, String target);
  }

  private int number;
  private @Nullable String authorization;
  private @Nullable Redirects redirects;
  private int exchangesAllowed;
  private volatile boolean left;
  private volatile boolean reused;
  private volatile boolean connecting;
  private volatile boolean outOfTime;
  private final CompletableFuture<Void> cancelled = new CompletableFuture<>();
  private int status;
  private @Nullable Headers headers;
  private @Nullable String retryAfter;
  private long bytes;
  private @Nullable BodyMemory body;
  private boolean connectionRefused;
  private @Nullable IOException lost;
  private Instant startedAt = Instant.EPOCH;
  private long startNanos;

  static Attempt of(Request request) {
    return requireNonNull(request.tag(Attempt.class), "a request without its attempt");
  }

  static Attempt of(Call call) {
    return of(call.request());
  }

  void start(int attempt, @Nullable String header, BodyMemory memory, Redirects follower) {
    body = memory;
    number = attempt;
    authorization = header;
    redirects = follower;
    startedAt = Instant.now();
    startNanos = System.nanoTime();
  }

  /** Returns which attempt of its request this is, from 1. */
  int number() {
    return number;
  }

  @Nullable String authorization() {
    return authorization;
  }

  void follow(Response redirect, String target) {
    requireNonNull(redirects, "not started").follow(redirect, target);
    startedAt = Instant.now();
    startNanos = System.nanoTime();
  }

  /** Allows the one exchange with the server that belongs to this attempt or redirect. */
  void allowExchange() {
    exchangesAllowed++;
  }

  void exchange() throws IOException {
    if (exchangesAllowed-- <= 0) {
      throw new IOException("OkHttp was about to repeat a request by itself");
    }
  }

  /** Returns what ends the attempt before anything is sent: the connection may be dead. */
  IOException refuseConnection() {
    connectionRefused = true;
    return new IOException("the connection has been idle for too long");
  }

  /** Returns whether nothing was sent because the connection may be dead. */
  boolean isConnectionRefused() {
    return connectionRefused;
  }

  void answered(Response response) {
    status = response.code();
    headers = response.headers();
  }

  void keepRetryAfter(String value) {
    retryAfter = value;
  }

  void read(long count) {
    bytes += count;
  }

  void bodyLost(IOException failure) {
    lost = failure;
  }

  /** Tells the lookup that follows in this thread whose it is. */
  @Override
  public void dnsStart(Call call, String domainName) {
    CancellableDns.begin(cancelled);
  }

  @Override
  public void canceled(Call call) {
    cancelled.complete(null);
  }

  @Override
  public void connectionAcquired(Call call, okhttp3.Connection connection) {
    reused = !connecting;
  }

  @Override
  public void connectStart(
      Call call, java.net.InetSocketAddress inetSocketAddress, java.net.Proxy proxy) {
    connecting = true;
  }

  @Override
  public void requestHeadersStart(Call call) {
    left = true;
  }

  /** Returns whether the service may have got the request, or a part of it. */
  boolean left() {
    return left;
  }

  /** Returns whether it went over a connection that an earlier request had opened. */
  boolean overReusedConnection() {
    return reused;
  }

  void outOfTime() {
    outOfTime = true;
  }

  /** Returns whether it was given up because it took too long. */
  boolean isOutOfTime() {
    return outOfTime;
  }

  /** Returns the HTTP status, or 0 if no answer came. */
  int status() {
    return status;
  }

  @Nullable String header(String name) {
    if (name.equals("Retry-After") && retryAfter != null) {
      return retryAfter;
    }
    return headers == null ? null : headers.get(name);
  }

  long bytes() {
    return bytes;
  }

  /** Returns whether there is memory for the bytes that were read. */
  boolean hasRoom() {
    return body == null || body.covers(bytes);
  }

  /** Returns the memory of its body. */
  BodyMemory body() {
    return requireNonNull(body, "not started");
  }

  /** Returns what broke the transfer of the body, or null if it came whole or not at all. */
  @Nullable IOException lost() {
    return lost;
  }

  Instant startedAt() {
    return startedAt;
  }

  Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - startNanos);
  }
}
