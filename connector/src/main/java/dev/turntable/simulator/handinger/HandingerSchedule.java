package dev.turntable.simulator.handinger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A planned or repeated start of a worker.
 *
 * @param type {@code scheduled}, {@code delayed}, {@code cron} or {@code interval}; each of the last
 *     three has its own further member, the others are null and left out
 */
public record HandingerSchedule(
    String id,
    String type,
    String budget,
    String input,
    Instant nextRunAt,
    @Nullable Integer delayInSeconds,
    @Nullable Integer intervalSeconds,
    @Nullable String cron) {}
