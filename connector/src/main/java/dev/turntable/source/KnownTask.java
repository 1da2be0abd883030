package dev.turntable.source;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A task that a connection knows of although its service publishes no list. One that is known from
 * several origins comes once for each.
 *
 * @param id the id
 * @param origin what names it: the property taskIds, a log of the property workerIds, or an INSERT of this
 *     connection (created)
 * @param workerId the worker whose log names it, or that does it; null if that is not known
 * @param firstSeen when the connection came to know of it
 * @param lastRead when its last reading began, or null if it was never asked for
 * @param found whether the service knew it then, or null if it was never asked for
 */
public record KnownTask(
    String id,
    String origin,
    @Nullable String workerId,
    Instant firstSeen,
    @Nullable Instant lastRead,
    @Nullable Boolean found) {
  public KnownTask {
    requireNonNull(id, "id");
    requireNonNull(origin, "origin");
    requireNonNull(firstSeen, "firstSeen");
  }
}
