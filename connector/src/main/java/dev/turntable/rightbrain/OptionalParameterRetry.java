package dev.turntable.rightbrain;

import static java.util.Objects.requireNonNull;

import dev.turntable.http.HttpFailure;
import dev.turntable.source.StatementScope;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import retrofit2.Call;

/**
 * Sends a read with parameters, and once more without those optional ones that the service refuses;
 * those are then left out for the rest of the connection.
 */
record OptionalParameterRetry<R>(Rightbrain service, String table, QueryParameters parameters) {
  private static final int UNPROCESSABLE = 422;

  /** Returns the answer, or null if the service itself says 404. */
  @Nullable R find(StatementScope scope, Function<Map<String, String>, Call<R>> request) {
    return ask(scope, request, call -> service.calls().find(scope, table, call));
  }

  /** Returns the answer, which must exist. */
  R read(StatementScope scope, Function<Map<String, String>, Call<R>> request) {
    return requireNonNull(ask(scope, request, call -> service.calls().read(scope, table, call)));
  }

  private @Nullable R ask(
      StatementScope scope,
      Function<Map<String, String>, Call<R>> request,
      Function<Call<R>, @Nullable R> sender) {
    while (true) {
      Set<String> left = service.refusals().of(table);
      try {
        return sender.apply(request.apply(parameters.without(left)));
      } catch (HttpFailure e) {
        Set<String> refused = e.status() == UNPROCESSABLE ? refused(e, left) : Set.of();
        if (refused.isEmpty()) {
          throw e;
        }
        service.refusals().add(table, refused);
        scope.warn(
            table
                + ": the service refuses the parameter "
                + String.join(", ", refused)
                + " and is asked without it: "
                + e.getMessage());
      }
    }
  }

  /** The refusal names its parameters; if it names none, all optional ones may be meant. */
  private Set<String> refused(HttpFailure failure, Set<String> left) {
    Set<String> sent = new LinkedHashSet<>(parameters.optional().keySet());
    sent.removeAll(left);
    Set<String> named = new LinkedHashSet<>(sent);
    named.removeIf(name -> !isNamed(failure, name));
    boolean otherIsNamed =
        parameters.required().keySet().stream().anyMatch(n -> isNamed(failure, n));
    return named.isEmpty() && !otherIsNamed ? sent : named;
  }

  private static boolean isNamed(HttpFailure failure, String parameter) {
    return Pattern.compile("\\bquery\\." + Pattern.quote(parameter) + "\\b")
        .matcher(String.valueOf(failure.getMessage()))
        .find();
  }
}
