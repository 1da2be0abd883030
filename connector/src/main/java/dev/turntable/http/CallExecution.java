package dev.turntable.http;

import static java.util.Objects.requireNonNull;

import com.squareup.moshi.JsonDataException;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.MemoryUse;
import dev.turntable.source.RequestRecord;
import dev.turntable.source.StatementScope;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;
import retrofit2.Call;
import retrofit2.Response;

/** Sends one call, in as many attempts as it takes and may take. Used once, by one thread. */
final class CallExecution<T> {
  /** How often to wait for memory and ask again. */
  private static final int MOST_WAITS = 3;

  private final ServiceContext context;
  private final StatementScope scope;
  private final String table;
  private final Call<T> first;
  private final Request request;
  private final boolean overhead;
  private final boolean write;
  private final OutcomeClassifier<T> outcomes;
  private int number = 1;
  private boolean renewed;
  private long neededMemory;
  private boolean alone;
  private int waits;
  private boolean counted;
  private long waitingSince = System.nanoTime();

  /**
   * @param overhead whether it is not counted, and safe to repeat whatever its method
   */
  CallExecution(
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
    this.request = call.request();
    this.overhead = overhead;
    this.write = !overhead && !request.method().equals("GET");
    this.outcomes = new OutcomeClassifier<>(context, scope, table, request, write, maxRetries);
  }

  SharedAnswer<T> run() {
    long text = write ? textLength() : 0;
    MemoryUse use =
        new MemoryUse(
            table + ": the text to be sent", "write less at a time, or fewer rows at once");
    scope.memory().take(text, use);
    try {
      return attempts();
    } finally {
      scope.memory().give(text);
      if (alone) {
        scope.bodies().oneByOne().release();
      }
    }
  }

  private long textLength() {
    try {
      return Connections.held(request);
    } catch (IOException e) {
      return 0; // what cannot be told is found when it is sent
    }
  }

  private SharedAnswer<T> attempts() {
    Call<T> call = first;
    while (true) {
      scope.ensureOpen();
      String header = context.authorization().header(scope);
      AttemptOutcome<T> outcome = attempt(call, header);
      if (outcome.answer() != null) {
        return outcome.answer();
      }
      switch (outcome.next()) {
        case CONNECTION -> throw new IllegalStateException("a new connection was not new");
        case KEY -> {
          if (renewed || header == null || !isRenewed(header)) {
            throw requireNonNull(outcome.failure());
          }
          renewed = true;
          call = again(Duration.ZERO);
        }
        case MEMORY -> {
          // No slot is held.
          if (!alone) {
            scope.acquire(
                scope.bodies().oneByOne(),
                () -> shown(RequestErrors.line(request)) + ", which waits for memory");
            alone = true;
          }
          if (waits++ == MOST_WAITS || !scope.bodies().await(neededMemory)) {
            throw requireNonNull(outcome.failure());
          }
          call = again(Duration.ZERO);
        }
        case PAUSE -> {
          if (outcome.pause() == null) {
            throw requireNonNull(outcome.failure());
          }
          call = again(outcome.pause());
        }
      }
    }
  }

  /** No slot is held: others may wait for the same new key, and it takes a request. */
  private boolean isRenewed(String header) {
    Authorization authorization = context.authorization();
    return (!write || authorization.isOlderThan(scope, header))
        && authorization.onUnauthorized(header, scope);
  }

  private Call<T> again(Duration pause) {
    number++;
    counted = false;
    waitingSince = System.nanoTime();
    if (pause.compareTo(Duration.ZERO) > 0) {
      scope.pause(
          pause,
          () -> shown(RequestErrors.line(request)) + ", which waits before it is sent again");
    }
    return first.clone();
  }

  private AttemptOutcome<T> attempt(Call<T> call, @Nullable String header) {
    Semaphore slots = write ? context.connection().writeSlots() : context.connection().readSlots();
    scope.acquire(
        slots,
        () ->
            shown(RequestErrors.line(request))
                + ", which waits for one of "
                + (write ? "maxConcurrentWrites" : "maxConcurrentRequests"));
    try {
      if (!counted) {
        String what = shown(RequestErrors.line(request));
        count(what);
        counted = true;
        context.pace().await(scope, context.options().requestsPerSecond(), what);
      }
      AttemptOutcome<T> outcome = exchange(call, header);
      // Still the same attempt: what was sent never arrived.
      return outcome.next().equals(AttemptOutcome.Next.CONNECTION)
          ? exchange(context.connections().overNew(first), header)
          : outcome;
    } finally {
      slots.release();
    }
  }

  /** Returns a request as messages show it. */
  private String shown(String line) {
    return context.secrets().mask(table + ": " + line);
  }

  private void count(String shown) {
    if (!overhead) {
      scope.countRequest(shown);
    }
  }

  private AttemptOutcome<T> exchange(Call<T> call, @Nullable String header) {
    long waited = System.nanoTime() - waitingSince;
    Attempt attempt = Attempt.of(call.request());
    attempt.start(
        number,
        header,
        new BodyMemory(scope, write),
        (redirect, target) -> {
          log(attempt, redirect.request(), redirect.code(), waited);
          count(shown("GET " + target));
        });
    Runnable unlimit = limitTime(call, attempt);
    Runnable undo = scope.duringWait(() -> shown(RequestErrors.line(request)), call::cancel);
    boolean arrived = true;
    try {
      AttemptOutcome<T> outcome = answer(call, attempt);
      arrived = !outcome.next().equals(AttemptOutcome.Next.CONNECTION);
      if (outcome.answer() != null) {
        attempt.body().keep(outcome.answer().size());
      }
      neededMemory = attempt.body().needed();
      return outcome;
    } catch (JsonDataException | OutOfRangeException e) {
      return outcomes.unreadable(e, attempt);
    } catch (Exception | Error e) {
      if (e instanceof InterruptedException) { // undeclared, from where OkHttp waits for a connect
        Thread.currentThread().interrupt();
        return outcomes.broken(new InterruptedIOException("interrupted"), attempt);
      }
      if (write && attempt.left()) {
        return outcomes.bad(
            ErrorKind.INTERNAL, attempt, "was answered, and reading that failed: " + e);
      }
      throw e;
    } finally {
      unlimit.run();
      undo.run();
      attempt.body().release();
      if (arrived) {
        log(attempt, request, attempt.status(), waited);
      }
    }
  }

  private AttemptOutcome<T> answer(Call<T> call, Attempt attempt) {
    try {
      Response<T> response = call.execute();
      return response.isSuccessful()
          ? outcomes.answered(response.body(), attempt)
          : outcomes.refused(response.errorBody(), attempt);
    } catch (IOException e) {
      return outcomes.broken(attempt.isOutOfTime() ? outOfTime(e) : e, attempt);
    }
  }

  private static IOException outOfTime(IOException cut) {
    InterruptedIOException failure = new InterruptedIOException("timeout");
    failure.initCause(cut);
    return failure;
  }

  /**
   * By the connection's own timer: Okio's would keep a thread, and with it the driver's classes, for
   * as long as the longest time-out and a minute.
   */
  private Runnable limitTime(Call<T> call, Attempt attempt) {
    Duration limit =
        TimeLimit.of(context.options(), context.connection().networkTimeout(), write).length();
    if (limit.isZero()) {
      return () -> {};
    }
    return context
        .connection()
        .after(
            limit,
            () -> {
              attempt.outOfTime();
              call.cancel();
            });
  }

  private void log(Attempt attempt, Request sent, int status, long waitedNanos) {
    context
        .connection()
        .log()
        .add(
            RequestRecord.sent(
                    scope,
                    context.options().address().source(),
                    sent.method(),
                    context.secrets().mask(sent.url().toString()))
                .at(attempt.startedAt())
                .answered(status, attempt.elapsed(), attempt.bytes())
                .asAttempt(number, Duration.ofNanos(waitedNanos))
                .build());
  }
}
