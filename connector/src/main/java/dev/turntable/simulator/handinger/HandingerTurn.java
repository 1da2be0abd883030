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
}
