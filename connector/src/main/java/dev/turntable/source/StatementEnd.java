package dev.turntable.source;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Whether a statement has ended and why, and what is to be ended with it. Safe for several threads. */
final class StatementEnd {
  private final AtomicReference<@Nullable TurntableException> reason = new AtomicReference<>();

  /** What to do at the end, with the request that it cancels, empty if it cancels none. */
  private final Map<Runnable, Supplier<String>> actions = new ConcurrentHashMap<>();

  /** Ends it, unless it has ended already. */
  void end(ErrorKind kind, String what) {
    if (reason.compareAndSet(null, new TurntableException(kind, what + underWay()))) {
      actions.keySet().forEach(Runnable::run);
    }
  }

  boolean isOver() {
    return reason.get() != null;
  }

  void ensureNotOver() {
    TurntableException known = reason.get();
    if (known != null) {
      throw new TurntableException(known.kind(), String.valueOf(known.getMessage()), known);
    }
  }

  /** Runs an action at the end, at once if that has been; returns what undoes the registration. */
  Runnable onEnd(Supplier<String> request, Runnable action) {
    actions.put(action, request);
    if (isOver()) {
      action.run();
    }
    return () -> actions.remove(action);
  }

  /** Lets this end as soon as another one, and for the same reason. */
  void with(StatementEnd other) {
    var unused =
        other.onEnd(
            () -> requests().stream().findFirst().orElse(""),
            () -> {
              TurntableException known = other.reason.get();
              if (known != null) {
                end(known.kind(), String.valueOf(known.getMessage()));
              }
            });
  }

  /** Returns what the statement waits for, for messages. */
  private String underWay() {
    List<String> requests = requests();
    return switch (requests.size()) {
      case 0 -> "";
      case 1 -> "; under way was " + requests.get(0);
      default -> "; under way were " + requests.get(0) + " and " + (requests.size() - 1) + " more";
    };
  }

  private List<String> requests() {
    List<String> requests = new ArrayList<>();
    for (Supplier<String> action : actions.values()) {
      String request = action.get();
      if (!request.isEmpty()) {
        requests.add(request);
      }
    }
    Collections.sort(requests);
    return requests;
  }
}
