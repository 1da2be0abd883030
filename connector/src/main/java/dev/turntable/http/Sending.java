package dev.turntable.http;

import com.squareup.moshi.JsonDataException;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.RequestRecord;
import dev.turntable.source.StatementScope;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import okhttp3.Request;
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
  private final Request request;
  private final boolean overhead;
  private final boolean write;
  private final Outcomes<T> outcomes;
  private int number;
  private long waitingSince = System.nanoTime();

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
    this.request = call.request();
    this.overhead = overhead;
    this.write = !overhead && !request.method().equals("GET");
    this.outcomes = new Outcomes<>(context, scope, table, request, write, maxRetries);
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
        number,
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
          ? outcomes.answered(response.body(), attempt)
          : outcomes.refused(response.errorBody(), attempt, header);
    } catch (IOException e) {
      return outcomes.broken(e, attempt);
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
