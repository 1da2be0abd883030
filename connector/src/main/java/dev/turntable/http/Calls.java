package dev.turntable.http;

import static java.util.Objects.requireNonNull;

import dev.turntable.source.AnswerTimes;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.MemoryUse;
import dev.turntable.source.RequestRecord;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import java.time.Duration;
import java.util.function.Predicate;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;
import retrofit2.Call;
import retrofit2.Invocation;

/**
 * Sends the calls of a service, in the calling thread. Every request of a source goes through here:
 * slots, pace, budget, log, retries of reads, sharing, and the translation of failures.
 *
 * <p>{@code table} is the qualified name of the table that the request is for, for messages.
 */
public final class Calls {
  private final ServiceContext context;
  private final boolean fresh;
  private final boolean overhead;
  private final int maxRetries;

  Calls(ServiceContext context, boolean fresh, boolean overhead, int maxRetries) {
    this.context = context;
    this.fresh = fresh;
    this.overhead = overhead;
    this.maxRetries = maxRetries;
  }

  /** Returns a view that asks the service even where an equal answer is at hand. */
  public Calls fresh() {
    return new Calls(context, true, overhead, maxRetries);
  }

  /** Returns a view that sends a read once only. */
  public Calls once() {
    return new Calls(context, fresh, overhead, 0);
  }

  /**
   * Returns a view for what makes requests possible at all, such as asking for a token or for who is
   * asking: logged, but not counted as requests of the statement; always asked anew; and safe to
   * repeat, whatever the method.
   */
  public Calls overhead() {
    return new Calls(context, true, true, maxRetries);
  }

  /**
   * Sends a read whose answer must exist.
   *
   * @throws TurntableException if there is no complete, valid answer
   */
  public <T> T read(StatementScope scope, String table, Call<T> call) {
    SharedAnswer<T> answer = answer(scope, table, call, body -> true);
    if (answer.missing() != null) {
      throw answer.missing();
    }
    return requireNonNull(answer.body(), "an answer without body or refusal");
  }

  /** As {@link #find(StatementScope, String, Call, Predicate)}; every answer may be used again. */
  public <T> @Nullable T find(StatementScope scope, String table, Call<T> call) {
    return answer(scope, table, call, body -> true).body();
  }

  /**
   * Sends a point read.
   *
   * @param reusable whether {@code maxAge} may apply to an answer; not to what is still changing
   * @return the answer, or null if the service itself says 404
   * @throws TurntableException if there is no complete, valid answer
   */
  public <T> @Nullable T find(
      StatementScope scope, String table, Call<T> call, Predicate<T> reusable) {
    return answer(scope, table, call, reusable).body();
  }

  /**
   * Sends a read, once, to see whether the service is there and knows the key: it is and does where it
   * answers JSON with any status but 401, whatever the JSON says.
   */
  public boolean isAnswered(StatementScope scope, String table, Call<?> call) {
    try {
      fresh().once().answer(scope, table, call, body -> false);
      return true;
    } catch (UnexpectedShape e) {
      return true;
    } catch (HttpFailure e) {
      return e.isJson() && e.kind() != ErrorKind.AUTHENTICATION;
    } catch (TurntableException e) {
      return false; // Not reached, not the service, or too slow: the caller asks for nothing more.
    }
  }

  /**
   * Sends a write, once. Only a failure to connect is tried again, for then nothing has left.
   *
   * @throws TurntableException as {@link ErrorKind#OUTCOME_UNKNOWN} if the service may or may not
   *     have carried it out, also where the statement was cancelled meanwhile; any other kind means
   *     that it has not
   */
  public <T> T write(StatementScope scope, String table, Call<T> call) {
    context.aged().clear();
    try {
      SharedAnswer<T> answer =
          new CallExecution<>(context, scope, table, call, maxRetries, overhead).run();
      if (answer.missing() != null) {
        throw answer.missing();
      }
      return requireNonNull(answer.body(), "an answer without body or refusal");
    } finally {
      context.aged().clear();
    }
  }

  /**
   * Returns the failure of a read whose answer is well-formed and yet cannot be true.
   *
   * @param what what the service did, for example {@code answered …}
   */
  public TurntableException contradiction(ErrorKind kind, String table, Call<?> call, String what) {
    return context.failures().of(kind, table, call.request(), what, null);
  }

  private <T> SharedAnswer<T> answer(
      StatementScope scope, String table, Call<T> call, Predicate<T> reusable) {
    SharedAnswer<T> answer = anyAnswer(scope, table, call, reusable);
    if (!overhead) {
      AnswerTimes.used(answer.began());
    }
    return answer;
  }

  private <T> SharedAnswer<T> anyAnswer(
      StatementScope scope, String table, Call<T> call, Predicate<T> reusable) {
    scope.ensureOpen();
    CallExecution<T> sending =
        new CallExecution<>(context, scope, table, call, maxRetries, overhead);
    if (fresh) {
      return sending.run();
    }
    Request request = call.request();
    Object key = key(request);
    AgedAnswers aged = context.aged();
    if (!aged.isOn()) {
      return shared(scope, table, request, key, sending);
    }
    SharedAnswer<T> young = aged.find(key);
    if (young != null) {
      keepShared(scope, table, request, young);
      logShared(scope, request, young);
      return young;
    }
    long generation = aged.generation();
    SharedAnswer<T> answer = shared(scope, table, request, key, sending);
    if (answer.body() != null && reusable.test(answer.body())) {
      aged.put(key, answer, generation);
    }
    return answer;
  }

  private <T> SharedAnswer<T> shared(
      StatementScope scope, String table, Request request, Object key, CallExecution<T> sending) {
    boolean[] taken = new boolean[1];
    SharedAnswer<T> answer =
        scope.answers().get(scope, key, sending::run, () -> taken[0] = true, SharedAnswer::size);
    if (taken[0]) {
      keepShared(scope, table, request, answer);
      logShared(scope, request, answer);
    }
    return answer;
  }

  /** A caller holds its answer even when the cache gives it up. */
  private void keepShared(
      StatementScope scope, String table, Request request, SharedAnswer<?> answer) {
    MemoryUse use =
        new MemoryUse(
            context.secrets().mask(table + ": the answer to " + RequestErrors.line(request)),
            "ask for less at a time");
    scope.memory().take(answer.size(), use);
    scope.bodies().count(answer.size());
    scope.bodies().keep(answer.size());
  }

  private void logShared(StatementScope scope, Request request, SharedAnswer<?> answer) {
    context
        .connection()
        .log()
        .add(
            RequestRecord.sent(
                    scope,
                    context.options().address().source(),
                    request.method(),
                    context.secrets().mask(request.url().toString()))
                .answered(answer.status(), Duration.ZERO, answer.bytes())
                .notSent()
                .build());
  }

  /** Equal URLs asked for by one method of one service are answered by equal records. */
  private Object key(Request request) {
    Invocation invocation = requireNonNull(request.tag(Invocation.class), "not made by Retrofit");
    return new Key(context, invocation.method(), request.url().toString());
  }

  private record Key(ServiceContext context, Object method, String url) {
    /** By hand: the one that Java makes for a record costs the first request of a JVM 10 ms. */
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key key
          && url.equals(key.url)
          && method.equals(key.method)
          && context.equals(key.context);
    }

    @Override
    public int hashCode() {
      return url.hashCode();
    }
  }
}
