package dev.turntable.handinger;

import dev.turntable.handinger.HandingerJson.TaskAnswer;
import dev.turntable.handinger.HandingerJson.Turn;
import dev.turntable.http.HttpFailure;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Reads the turns of one task from where this deployment has them; finds that out if need be. */
final class TurnsReading {
  /** The order of the turns of a task. */
  static final Comparator<Turn> BY_SEQ =
      Comparator.comparing(Turn::seq, Comparator.nullsLast(Comparator.naturalOrder()));

  /** How long to wait for another one's finding, which spares a request that may be in vain. */
  private static final Duration LONGEST_WAIT = Duration.ofMillis(300);

  private final Handinger service;
  private final StatementScope scope;
  private final String table;
  private final String id;
  private @Nullable HttpFailure unknownPath;

  TurnsReading(Handinger service, StatementScope scope, String table, String id) {
    this.service = service;
    this.scope = scope;
    this.table = table;
    this.id = id;
  }

  /** Returns the turns, or null if there is no such task. */
  @Nullable List<Turn> read() {
    if (service.shape().turns() == TurnsEndpointProbe.Turns.UNKNOWN) {
      Semaphore probe = service.shape().probe();
      // The other who finds out may be of a connection that gets no answer: each for itself then.
      boolean alone = scope.tryAcquire(probe, LONGEST_WAIT);
      try {
        if (service.shape().turns() == TurnsEndpointProbe.Turns.UNKNOWN) {
          return probe();
        }
      } finally {
        if (alone) {
          probe.release();
        }
      }
    }
    return service.shape().turns() == TurnsEndpointProbe.Turns.WITH_TASK ? withTask() : apart();
  }

  private @Nullable List<Turn> withTask() {
    TaskAnswer answer = service.task(scope, table, id);
    if (answer == null || answer.turns() != null) {
      return answer == null ? null : answer.turns();
    }
    List<Turn> turns = service.turnList(scope, table, id);
    if (turns == null) {
      throw neither();
    }
    return turns;
  }

  private @Nullable List<Turn> apart() {
    List<Turn> turns = service.turnList(scope, table, id);
    return turns != null || !service.shape().isMixed() ? turns : onlyWithTask();
  }

  /** One request where the turns are apart, two where they come with the task. */
  private @Nullable List<Turn> probe() {
    if (service.shape().wasProbedInVain()) {
      TaskAnswer answer = service.task(scope, table, id);
      return answer == null ? null : answer.turns() != null ? answer.turns() : apartForSure();
    }
    List<Turn> turns = unlessNotFound();
    return turns != null ? turns : onlyWithTask();
  }

  /** A deployment that does not know the path may answer any 404: the task itself then decides. */
  private @Nullable List<Turn> unlessNotFound() {
    try {
      return service.turnList(scope, table, id);
    } catch (HttpFailure e) {
      if (e.status() == 404) {
        unknownPath = e;
        return null;
      }
      throw e;
    }
  }

  private @Nullable List<Turn> onlyWithTask() {
    TaskAnswer answer = service.task(scope, table, id);
    if (answer == null) {
      service.shape().probedInVain();
      return null;
    }
    if (answer.turns() == null) {
      throw unknownPath == null ? neither() : unknownPath;
    }
    return answer.turns();
  }

  private List<Turn> apartForSure() {
    List<Turn> turns = service.turnList(scope, table, id);
    if (turns == null) {
      throw neither();
    }
    return turns;
  }

  private TurntableException neither() {
    return service
        .calls()
        .contradiction(
            ErrorKind.BAD_ANSWER,
            table,
            service.api().turns(id),
            "answered 404, but the service has the task, and its turns are not in "
                + HandingerApi.TASK
                + " either");
  }
}
