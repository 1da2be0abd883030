package dev.turntable.simulator.handinger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task with its turns in order; its totals are always the sums over them.
 *
 * @param url null where the answer leaves it out
 * @param archived known to the simulator only; no answer of the service has such a field
 */
public record HandingerTask(
    String id,
    String workerId,
    String title,
    String status,
    String triggeredBy,
    String organizationId,
    @Nullable String createdByUserId,
    Instant createdAt,
    @Nullable Instant completedAt,
    @Nullable String url,
    List<HandingerTurn> turns,
    boolean archived) {

  static final String ORGANIZATION = "org_8s1Df9aLp-1z";

  /** Copies the list. */
  public HandingerTask {
    turns = List.copyOf(turns);
  }

  /** Sum over the turns. */
  public long credits() {
    return turns.stream().mapToLong(HandingerTurn::credits).sum();
  }

  /** Sum over the turns, in milliseconds. */
  public long durationMs() {
    return turns.stream().mapToLong(HandingerTurn::durationMs).sum();
  }

  static String url(String workerId, String taskId) {
    return workerUrl(workerId) + "/task/" + taskId;
  }

  static String workerUrl(String workerId) {
    return "https://v3.handinger.com/worker/" + workerId;
  }

  HandingerTask archive() {
    return new HandingerTask(
        id,
        workerId,
        title,
        status,
        triggeredBy,
        organizationId,
        createdByUserId,
        createdAt,
        completedAt,
        url,
        turns,
        true);
  }

  /** The task after its turn with this seq was begun or has changed; its state is the turn's. */
  HandingerTask with(HandingerTurn turn) {
    List<HandingerTurn> newTurns = new ArrayList<>(turns.subList(0, turn.seq()));
    newTurns.add(turn);
    return new HandingerTask(
        id,
        workerId,
        title,
        turn.status(),
        triggeredBy,
        organizationId,
        createdByUserId,
        createdAt,
        turn.completedAt(),
        url,
        newTurns,
        archived);
  }
}
