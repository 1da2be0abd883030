package dev.turntable.simulator.handinger;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One user message and its reply.
 *
 * @param seq position in the task, from 0
 * @param structuredOutput JSON text of an object, sent as it is
 * @param files null where the answer leaves them out
 */
public record HandingerTurn(
    String id,
    String taskId,
    int seq,
    String role,
    String status,
    String input,
    String outputText,
    @Nullable String structuredOutput,
    long inputTokens,
    long outputTokens,
    long credits,
    long durationMs,
    Instant startedAt,
    @Nullable Instant completedAt,
    @Nullable List<HandingerFile> files) {

  /** Copies the list. */
  public HandingerTurn {
    files = files == null ? null : List.copyOf(files);
  }

  /** Begins a turn of a user that has said, cost and taken nothing yet. */
  public static Builder builder(String id, String taskId, int seq) {
    return new Builder(id, taskId, seq);
  }

  /** Begins a turn that says what this one says, and differs in what follows. */
  Builder change() {
    return new Builder(id, taskId, seq)
        .status(status)
        .input(input)
        .output(outputText, structuredOutput)
        .tokens(inputTokens, outputTokens)
        .cost(credits, durationMs)
        .time(startedAt, completedAt)
        .files(files);
  }

  /** Makes a turn. */
  public static final class Builder {
    private final String id;
    private final String taskId;
    private final int seq;
    private String status = "running";
    private String input = "";
    private String outputText = "";
    private @Nullable String structuredOutput;
    private long inputTokens;
    private long outputTokens;
    private long credits;
    private long durationMs;
    private Instant startedAt = Instant.EPOCH;
    private @Nullable Instant completedAt;
    private @Nullable List<HandingerFile> files = List.of();

    private Builder(String id, String taskId, int seq) {
      this.id = id;
      this.taskId = taskId;
      this.seq = seq;
    }

    public Builder status(String value) {
      status = value;
      return this;
    }

    public Builder input(String text) {
      input = text;
      return this;
    }

    /**
     * What the worker answered.
     *
     * @param structured JSON text of an object, or null
     */
    public Builder output(String text, @Nullable String structured) {
      outputText = text;
      structuredOutput = structured;
      return this;
    }

    public Builder tokens(long read, long written) {
      inputTokens = read;
      outputTokens = written;
      return this;
    }

    /** Credits and milliseconds. */
    public Builder cost(long spent, long millis) {
      credits = spent;
      durationMs = millis;
      return this;
    }

    public Builder time(Instant started, @Nullable Instant completed) {
      startedAt = started;
      completedAt = completed;
      return this;
    }

    /** Null leaves them out of the answer. */
    public Builder files(@Nullable List<HandingerFile> published) {
      files = published;
      return this;
    }

    public HandingerTurn build() {
      return new HandingerTurn(
          id,
          taskId,
          seq,
          "user",
          status,
          input,
          outputText,
          structuredOutput,
          inputTokens,
          outputTokens,
          credits,
          durationMs,
          startedAt,
          completedAt,
          files);
    }
  }
}
