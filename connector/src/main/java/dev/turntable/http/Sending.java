package dev.turntable.http;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonEncodingException;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.RequestRecord;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import okhttp3.Request;
import okhttp3.ResponseBody;
import okio.Timeout;
import org.jspecify.annotations.Nullable;
import retrofit2.Call;
import retrofit2.Response;

/** Sends one call, in as many attempts as it takes and may take. Used once, by one thread. */
final class Sending<T> {
  private final ServiceContext context;
  private final StatementScope scope;
  private final String table;
  private final Call<T> first;
  private final int maxRetries;
  private final Request request;
  private final boolean overhead;
  private final boolean write;
  private int number;
  private boolean renewed;
  private boolean reconnected;
  private long waitingSince = System.nanoTime();

  /** What became of an attempt: an answer, or a failure and perhaps a pause before the next one. */
  private record Outcome<T>(
      @Nullable Answer<T> answer, @Nullable TurntableException failure, @Nullable Duration pause) {}

  /**
   * @param overhead whether it is not counted, and safe to repeat whatever its method
   */
  Sending(
      ServiceContext context,
      StatementScope scope,
      String table,
      Call<T> call,
      int maxRetries,
      boolean overhead) {
    this.context = context;
    this.scope = scope;
    this.table = table;
    this.first = call;
    this.maxRetries = maxRetries;
    this.request = call.request();
    this.overhead = overhead;
    this.write = !overhead && !request.method().equals("GET");
  }

  Answer<T> run() {
    while (true) {
      number++;
      Outcome<T> outcome = attempt(number == 1 ? first : first.clone());
      if (outcome.answer() != null) {
        return outcome.answer();
      }
      if (outcome.failure() != null && outcome.pause() == null) {
        throw outcome.failure();
      }
      waitingSince = System.nanoTime();
      if (outcome.pause() != null && outcome.pause().compareTo(Duration.ZERO) > 0) {
        scope.pause(outcome.pause());
      }
    }
  }

  private Outcome<T> attempt(Call<T> call) {
    scope.ensureOpen();
    String header = context.authorization().header(scope);
    Semaphore slots = write ? context.connection().writeSlots() : context.connection().readSlots();
    scope.acquire(slots);
    try {
      context.pace().await(scope, context.options().requestsPerSecond());
      count(Failures.line(request));
      return exchange(call, header);
    } finally {
      slots.release();
    }
  }

  private void count(String line) {
    if (overhead) {
      return;
    }
    scope.countRequest(context.redactor().redact(table + ": " + line));
  }

  private Outcome<T> exchange(Call<T> call, @Nullable String header) {
    long waited = System.nanoTime() - waitingSince;
    Attempt attempt = Attempt.of(call.request());
    attempt.start(
        header,
        (redirect, target) -> {
          log(attempt, redirect.request(), redirect.code(), waited);
          count("GET " + target);
        });
    limitTime(call.timeout());
    Runnable undo =
        scope.duringWait(
            () -> context.redactor().redact(table + ": " + Failures.line(request)), call::cancel);
    try {
      Response<T> response = call.execute();
      return response.isSuccessful()
          ? answered(response.body(), attempt)
          : refused(response.errorBody(), attempt, header);
    } catch (IOException e) {
      return broken(e, attempt);
    } catch (JsonDataException | OutOfRangeException e) {
      return unreadable(e, attempt);
    } catch (Exception | Error e) {
      if (e instanceof InterruptedException) { // undeclared, from where OkHttp waits for a connect
        Thread.currentThread().interrupt();
        return broken(new InterruptedIOException("interrupted"), attempt);
      }
      if (write && attempt.left()) {
        return bad(ErrorKind.INTERNAL, attempt, "was answered, and reading that failed: " + e);
      }
      throw e;
    } finally {
      undo.run();
      log(attempt, request, attempt.status(), waited);
    }
  }

  private void limitTime(Timeout timeout) {
    Duration limit =
        TimeLimit.of(context.options(), context.connection().networkTimeout(), write).length();
    if (!limit.isZero()) {
      timeout.timeout(limit.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  private Outcome<T> answered(@Nullable T body, Attempt attempt) {
    if (!isJson(attempt)) {
      return notJson(attempt);
    }
    if (body == null) {
      return unreadable(new JsonDataException("there is no value"), attempt);
    }
    return new Outcome<>(new Answer<>(attempt.status(), attempt.bytes(), body, null), null, null);
  }

  /** An answer without content type is judged by its content. */
  private static boolean isJson(Attempt attempt) {
    String type = attempt.header("Content-Type");
    return type == null || type.toLowerCase(Locale.ROOT).contains("json");
  }

  private Outcome<T> notJson(Attempt attempt) {
    String type = String.valueOf(attempt.header("Content-Type"));
    return bad(
        ErrorKind.BAD_ANSWER,
        attempt,
        "answered " + attempt.status() + " with " + type + ", not JSON");
  }

  private Outcome<T> refused(@Nullable ResponseBody body, Attempt attempt, @Nullable String header)
      throws IOException {
    int status = attempt.status();
    String text = body == null ? "" : body.string();
    if (status == 401 && !renewed && header != null) {
      renewed = true;
      if (context.authorization().onUnauthorized(header, scope)) {
        return new Outcome<>(null, null, Duration.ZERO);
      }
    }
    HttpFailure failure =
        context.failures().refused(table, request, write, status, text, attempts());
    if (status == 404 && failure.isOwn()) {
      return new Outcome<>(new Answer<>(status, attempt.bytes(), null, failure), null, null);
    }
    RetryPolicy retries = context.retries();
    Duration pause = retries.pause(number, attempt);
    boolean wishTooLong = pause.compareTo(RetryPolicy.LONGEST_WISH) > 0;
    if (status == 429 && !wishTooLong) {
      context.pace().pause(pause);
    }
    if (write) {
      // 303 says where to see what came of it, so it may have been carried out.
      return status >= 500 || status == 408 || status == 303
          ? new Outcome<>(null, unknown(failure, attempt), null)
          : new Outcome<>(null, failure, null);
    }
    if (wishTooLong && retries.mayRetry(attempt)) {
      return new Outcome<>(null, asksTooMuch(failure, pause), null);
    }
    return again(failure, pause, retries.mayRetry(attempt));
  }

  private TurntableException unknown(HttpFailure failure, Attempt attempt) {
    return new UnknownOutcome(failure.getMessage() + UnknownOutcome.WORDS, attempt);
  }

  private static TurntableException asksTooMuch(HttpFailure failure, Duration pause) {
    return new TurntableException(
        failure.kind(),
        failure.getMessage() + "; it asks to wait " + pause.toSeconds() + " s, run it again then",
        failure);
  }

  private Outcome<T> broken(IOException e, Attempt attempt) {
    Failures failures = context.failures();
    if (Thread.currentThread().isInterrupted()) {
      scope.interrupt(); // OkHttp heeds it at some points and gives up the call
    }
    if (!attempt.left()) {
      scope.ensureOpen();
      return again(
          failures.unreachable(table, request, e),
          context.retries().backoff(number),
          !(e instanceof SSLException));
    }
    boolean cut = attempt.lost() != null || attempt.status() == 0 || !isAboutText(e);
    if (write && cut) {
      String what =
          scope.isEnded() ? "was under way when the statement ended" : failures.lostWrite(e);
      return new Outcome<>(null, failures.unknown(table, request, what, attempt), null);
    }
    scope.ensureOpen();
    if (attempt.isTooLarge()) {
      return bad(
          ErrorKind.TOO_LARGE,
          attempt,
          "answered more than " + (BoundedBody.MAX_BYTES >> 20) + " MiB; ask for less at a time");
    }
    if (cut) {
      return again(failures.lost(table, request, e, attempts()), pauseAfterLoss(attempt), true);
    }
    return unreadable(e, attempt);
  }

  /** Of all failures of reading, these only say that the text is no JSON. */
  private static boolean isAboutText(IOException e) {
    return e instanceof JsonEncodingException || e instanceof EOFException;
  }

  /** A kept connection that the server had closed meanwhile says nothing about the server. */
  private Duration pauseAfterLoss(Attempt attempt) {
    if (attempt.status() == 0 && attempt.overReusedConnection() && !reconnected) {
      reconnected = true;
      return Duration.ZERO;
    }
    return context.retries().backoff(number);
  }

  private Outcome<T> unreadable(Exception e, Attempt attempt) {
    if (!isJson(attempt)) {
      return notJson(attempt);
    }
    TurntableException failure = context.failures().unreadable(table, request, e);
    return write
        ? bad(failure.kind(), attempt, "answered unreadable JSON")
        : new Outcome<>(null, failure, null);
  }

  /** A final failure of an answer that came with a status of success. */
  private Outcome<T> bad(ErrorKind kind, Attempt attempt, String what) {
    Failures failures = context.failures();
    return new Outcome<>(
        null,
        write
            ? failures.unknown(table, request, what, attempt)
            : failures.of(kind, table, request, what, null),
        null);
  }

  private Outcome<T> again(TurntableException failure, Duration pause, boolean may) {
    if (!may || number > maxRetries) {
      return new Outcome<>(null, failure, null);
    }
    if (scope.remaining().map(left -> left.compareTo(pause) < 0).orElse(false)) {
      return new Outcome<>(
          null,
          new TurntableException(
              ErrorKind.TIMEOUT,
              failure.getMessage() + "; the statement's time-out leaves no time to try again",
              failure),
          null);
    }
    return new Outcome<>(null, failure, pause);
  }

  private String attempts() {
    return number == 1 ? "" : " (attempt " + number + ")";
  }

  private void log(Attempt attempt, Request sent, int status, long waitedNanos) {
    context
        .connection()
        .log()
        .add(
            new RequestRecord(
                scope.id(),
                scope.sql(),
                sent.method(),
                context.redactor().redact(sent.url().toString()),
                status,
                attempt.elapsed().toMillis(),
                attempt.bytes(),
                number,
                TimeUnit.NANOSECONDS.toMillis(waitedNanos),
                false,
                attempt.startedAt()));
  }
}
