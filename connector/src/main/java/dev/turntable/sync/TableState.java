package dev.turntable.sync;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a store has of a table.
 *
 * @param table its name with the schema
 * @param rows how many rows
 * @param settledTo of a history, up to when there is every row for good; else null
 */
public record TableState(String table, long rows, @Nullable Instant settledTo) {}
