package dev.turntable.handinger;

import dev.turntable.handinger.HandingerJson.Task;
import dev.turntable.handinger.HandingerJson.TaskAnswer;
import dev.turntable.handinger.HandingerJson.Turn;
import dev.turntable.handinger.HandingerJson.TurnList;
import dev.turntable.http.Calls;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the tables of one connection share, and the reads that more than one of them makes.
 *
 * @param api the requests
 * @param calls sends them
 * @param shape where the turns are
 * @param known which tasks there are
 * @param taskTurns lets the writes to a task follow each other
 */
record Handinger(
    HandingerApi api, Calls calls, TurnsEndpointProbe shape, KnownIds known, TaskTurns taskTurns) {
  static final String SCHEMA = "handinger";

  /** Ends the remark of a table that is read by tasks. */
  static final String KNOWN_TASKS =
      ". Handinger publishes no list of tasks: without ids a scan covers the known ones (taskIds,"
          + " webhook logs of workerIds, created on the connection); what =, IN or a join names is read"
          + " too (with a model file in Calcite, what = or IN names)";

  /** Ends the remark of a table that is read by workers. */
  static final String KNOWN_WORKERS =
      ". Handinger publishes no list of workers: without ids a scan covers those in workerIds; what =,"
          + " IN or a join names is read too (with a model file in Calcite, what = or IN names)";

  /** After these a task changes only by a further turn. */
  private static final Set<String> FINISHED = Set.of("completed", "error", "aborted");

  /** Returns the same with answers that are never taken from an earlier request. */
  Handinger fresh() {
    return new Handinger(api, calls.fresh(), shape, known, taskTurns);
  }

  /** Returns the same for looks after a write: each one request, for the next look comes anyway. */
  Handinger looks() {
    return new Handinger(api, calls.fresh().once(), shape, known, taskTurns);
  }

  /** Reads a task, and learns from the answer where turns are; null if there is no such task. */
  @Nullable TaskAnswer task(StatementScope scope, String table, String id) {
    Instant began = Instant.now();
    TaskAnswer answer = calls.find(scope, table, api.task(id), Handinger::isFinished);
    String worker = answer == null ? null : answer.task().workerId();
    known.sightings().read(id, began, answer != null, worker);
    if (answer == null) {
      return null;
    }
    checkId(table, HandingerApi.TASK, id, answer.task().id());
    shape.learn(
        answer.turns() == null
            ? TurnsEndpointProbe.Turns.APART
            : TurnsEndpointProbe.Turns.WITH_TASK);
    return answer;
  }

  /** Reads the turns of a task in their order; null if there is no such task. */
  @Nullable List<Turn> turns(StatementScope scope, String table, String id) {
    List<Turn> turns = new TurnsReading(this, scope, table, id).read();
    return turns == null
        ? null
        : turns.stream().map(turn -> ofTask(table, turn, id)).sorted(TurnsReading.BY_SEQ).toList();
  }

  /** Reads the turns from where they are apart; null if the service says 404. */
  @Nullable List<Turn> turnList(StatementScope scope, String table, String id) {
    Instant began = Instant.now();
    TurnList list = calls.find(scope, table, api.turns(id), Handinger::isFinished);
    if (list != null) {
      known.sightings().read(id, began, true, null);
    }
    if (list == null) {
      return null;
    }
    if (list.taskId() != null) {
      checkId(table, HandingerApi.TURNS, id, list.taskId());
    }
    shape.learn(TurnsEndpointProbe.Turns.APART);
    return list.items();
  }

  private static Turn ofTask(String table, Turn turn, String id) {
    if (turn.taskId() == null) {
      return turn.ofTask(id);
    }
    checkId(table, HandingerApi.TURNS, id, turn.taskId());
    return turn;
  }

  /** An answer about another record would silently fail the statement's own predicate. */
  private static void checkId(String table, String request, String asked, String answered) {
    if (!answered.equals(asked)) {
      throw new TurntableException(
          ErrorKind.BAD_ANSWER,
          table + ": " + request + " for '" + asked + "' answered with '" + answered + "'");
    }
  }

  private static boolean isFinished(TaskAnswer answer) {
    return isFinished(answer.task()) && (answer.turns() == null || areFinished(answer.turns()));
  }

  /** Returns whether the task says that no turn of it is under way. */
  static boolean isFinished(Task task) {
    return isFinished(task.status());
  }

  /** Returns whether a task of that status changes only by a further turn. */
  static boolean isFinished(@Nullable String status) {
    return status != null && FINISHED.contains(status);
  }

  private static boolean isFinished(TurnList list) {
    return !list.items().isEmpty() && areFinished(list.items());
  }

  private static boolean areFinished(List<Turn> turns) {
    return turns.stream().allMatch(turn -> turn.completedAt() != null);
  }
}
