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

  /** Begins a pending task without turns that came by the API. */
  public static Builder builder(String id, String workerId) {
    return new Builder(id, workerId);
  }

  private Builder change() {
    return new Builder(id, workerId)
        .title(title)
        .status(status)
        .from(triggeredBy, organizationId, createdByUserId)
        .time(createdAt, completedAt)
        .url(url)
        .turns(turns)
        .archived(archived);
  }

  HandingerTask archive() {
    return change().archived(true).build();
  }

  /** The task after its turn with this seq was begun or has changed; its state is the turn's. */
  HandingerTask with(HandingerTurn turn) {
    List<HandingerTurn> newTurns = new ArrayList<>(turns.subList(0, turn.seq()));
    newTurns.add(turn);
    return change()
        .status(turn.status())
        .time(createdAt, turn.completedAt())
        .turns(newTurns)
        .build();
  }

  /** Makes a task. */
  public static final class Builder {
    private final String id;
    private final String workerId;
    private String title = "";
    private String status = "pending";
    private String triggeredBy = "api";
    private String organizationId = ORGANIZATION;
    private @Nullable String createdByUserId;
    private Instant createdAt = Instant.EPOCH;
    private @Nullable Instant completedAt;
    private @Nullable String url;
    private List<HandingerTurn> turns = List.of();
    private boolean archived;

    private Builder(String id, String workerId) {
      this.id = id;
      this.workerId = workerId;
    }

    public Builder title(String text) {
      title = text;
      return this;
    }

    public Builder status(String value) {
      status = value;
      return this;
    }

    public Builder from(String trigger, String organization, @Nullable String user) {
      triggeredBy = trigger;
      organizationId = organization;
      createdByUserId = user;
      return this;
    }

    public Builder time(Instant created, @Nullable Instant completed) {
      createdAt = created;
      completedAt = completed;
      return this;
    }

    public Builder url(@Nullable String address) {
      url = address;
      return this;
    }

    public Builder turns(List<HandingerTurn> inOrder) {
      turns = inOrder;
      return this;
    }

    private Builder archived(boolean is) {
      archived = is;
      return this;
    }

    public HandingerTask build() {
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
          archived);
    }
  }
}
