package dev.turntable.http;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonEncodingException;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.MemoryUse;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Locale;
import javax.net.ssl.SSLException;
import okhttp3.Request;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;

/**
 * Decides what the end of an attempt means: an answer, a failure, a write of which nobody knows, or
 * another attempt.
 */
final class OutcomeClassifier<T> {
  private static final int PARTIAL = 206;

  private final ServiceContext context;
  private final StatementScope scope;
  private final String table;
  private final Request request;
  private final boolean write;
  private final int maxRetries;

  /**
   * @param write whether a repetition could do twice what was asked for
   */
  OutcomeClassifier(
      ServiceContext context,
      StatementScope scope,
      String table,
      Request request,
      boolean write,
      int maxRetries) {
    this.context = context;
    this.scope = scope;
    this.table = table;
    this.request = request;
    this.write = write;
    this.maxRetries = maxRetries;
  }

  /** A status of success, and a body that could be read. */
  AttemptOutcome<T> answered(@Nullable T body, Attempt attempt) {
    if (attempt.status() == PARTIAL) {
      return bad(ErrorKind.BAD_ANSWER, attempt, "answered 206, a part that was not asked for");
    }
    if (!isJson(attempt)) {
      return notJson(attempt);
    }
    if (body == null) {
      return unreadable(new JsonDataException("there is no value"), attempt);
    }
    return AttemptOutcome.answered(
        new SharedAnswer<>(attempt.startedAt(), attempt.status(), attempt.bytes(), body, null));
  }

  /** An answer without content type is judged by its content. */
  private static boolean isJson(Attempt attempt) {
    String type = attempt.header("Content-Type");
    return type == null || type.toLowerCase(Locale.ROOT).contains("json");
  }

  private AttemptOutcome<T> notJson(Attempt attempt) {
    String type = String.valueOf(attempt.header("Content-Type"));
    return bad(
        ErrorKind.BAD_ANSWER,
        attempt,
        "answered " + attempt.status() + " with " + type + ", not JSON");
  }

  /** A status of no success. */
  AttemptOutcome<T> refused(@Nullable ResponseBody body, Attempt attempt) throws IOException {
    int status = attempt.status();
    String text = body == null ? "" : body.string();
    if (isOfIdleConnection(attempt)) {
      return overDeadConnection();
    }
    // 303 says where to see what came of it, so it may have been carried out.
    boolean mayHaveActed = write && (status >= 500 || status == 408 || status == 303);
    if (!mayHaveActed) {
      scope
          .check(); // what ended the reading of the body, whatever is in it so far, or an interrupt
    }
    HttpFailure failure =
        context.failures().refused(table, request, write, attempt, text, attempts(attempt));
    if (status == 401) {
      return AttemptOutcome.withoutKey(failure);
    }
    if (status == 404 && failure.isOwn()) {
      return AttemptOutcome.answered(
          new SharedAnswer<>(attempt.startedAt(), status, attempt.bytes(), null, failure));
    }
    RetryPolicy retries = context.retries();
    Duration pause = retries.pause(attempt.number(), attempt);
    boolean wishTooLong = pause.compareTo(RetryPolicy.LONGEST_WISH) > 0;
    if (status == 429 && !wishTooLong) {
      context.pace().pause(pause);
    }
    if (write) {
      return AttemptOutcome.failed(mayHaveActed ? unknown(failure, attempt) : failure);
    }
    if (wishTooLong && retries.mayRetry(attempt)) {
      return AttemptOutcome.failed(asksTooMuch(failure, pause));
    }
    return again(attempt, failure, pause, retries.mayRetry(attempt));
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

  /** The network failed, or the text was no JSON. */
  AttemptOutcome<T> broken(IOException e, Attempt attempt) {
    RequestErrors failures = context.failures();
    if (Thread.currentThread().isInterrupted()) {
      scope.interrupt(); // OkHttp looks at it at some points and gives up the call
    }
    if (!attempt.left()) {
      scope.ensureOpen();
      if (attempt.isConnectionRefused()) {
        return overDeadConnection();
      }
      return again(
          attempt,
          failures.unreachable(table, request, e),
          context.retries().backoff(attempt.number()),
          !(e instanceof SSLException));
    }
    boolean cut = attempt.lost() != null || attempt.status() == 0 || !isAboutText(e);
    if (write && cut) {
      String what =
          scope.isEnded() ? "was under way when the statement ended" : failures.lostWrite(e);
      return AttemptOutcome.failed(failures.unknown(table, request, what, attempt));
    }
    scope.ensureOpen();
    if (attempt.body().refusal() != null) {
      return withoutMemory(attempt);
    }
    if (cut && isOfIdleConnection(attempt, e)) {
      return overDeadConnection();
    }
    if (cut) {
      return again(
          attempt,
          failures.lost(table, request, e, attempts(attempt)),
          context.retries().backoff(attempt.number()),
          true);
    }
    return unreadable(e, attempt);
  }

  private AttemptOutcome<T> withoutMemory(Attempt attempt) {
    BodyMemory body = attempt.body();
    if (body.refusal() == BodyMemory.Refusal.TOO_LARGE) {
      return bad(
          ErrorKind.TOO_LARGE,
          attempt,
          "answered more than "
              + (body.largest() >> 10)
              + " KiB, the most that one answer may have: a sixteenth of the heap, and "
              + (BodyMemory.LARGEST >> 20)
              + " MiB at most; ask for less at a time, or give the JVM a larger heap (-Xmx)");
    }
    MemoryUse use =
        new MemoryUse(
            context.secrets().mask(table + ": the answer to " + RequestErrors.line(request)),
            "ask for less at a time, or by fewer statements at once");
    return AttemptOutcome.withoutMemory(scope.memory().refused(body.needed(), use));
  }

  /** The server closed the connection while nobody used it, and had not got the request. */
  private boolean isOfIdleConnection(Attempt attempt, IOException e) {
    return !write
        && attempt.status() == 0
        && attempt.overReusedConnection()
        && !(e instanceof InterruptedIOException);
  }

  /** Some servers say so before they close it, and that is what the next request then finds. */
  private boolean isOfIdleConnection(Attempt attempt) {
    return !write
        && attempt.status() == HttpURLConnection.HTTP_CLIENT_TIMEOUT
        && attempt.overReusedConnection()
        && "close".equalsIgnoreCase(attempt.header("Connection"));
  }

  /** Where one was closed so were others that have been idle as long. */
  private AttemptOutcome<T> overDeadConnection() {
    scope.ensureOpen();
    context.connections().evict();
    return AttemptOutcome.overDeadConnection();
  }

  /** Of all failures of reading, these only say that the text is no JSON. */
  private static boolean isAboutText(IOException e) {
    return e instanceof JsonEncodingException || e instanceof EOFException;
  }

  /** A body that is not what it should be. */
  AttemptOutcome<T> unreadable(Exception e, Attempt attempt) {
    if (!isJson(attempt)) {
      return notJson(attempt);
    }
    TurntableException failure = context.failures().unreadable(table, request, e);
    return write
        ? bad(failure.kind(), attempt, "answered unreadable JSON")
        : AttemptOutcome.failed(failure);
  }

  /** A final failure of an answer that came with a status of success. */
  AttemptOutcome<T> bad(ErrorKind kind, Attempt attempt, String what) {
    RequestErrors failures = context.failures();
    return AttemptOutcome.failed(
        write
            ? failures.unknown(table, request, what, attempt)
            : failures.of(kind, table, request, what, null));
  }

  private AttemptOutcome<T> again(
      Attempt attempt, TurntableException failure, Duration pause, boolean may) {
    if (!may || attempt.number() > maxRetries) {
      return AttemptOutcome.failed(failure);
    }
    if (scope.remaining().map(left -> left.compareTo(pause) < 0).orElse(false)) {
      return AttemptOutcome.failed(
          new TurntableException(
              ErrorKind.TIMEOUT,
              failure.getMessage() + "; the statement's time-out leaves no time to try again",
              failure));
    }
    return AttemptOutcome.after(pause, failure);
  }

  private static String attempts(Attempt attempt) {
    return attempt.number() == 1 ? "" : " (attempt " + attempt.number() + ")";
  }
}
