package dev.turntable.store;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row out of the store.
 *
 * @param key the text of its primary key
 * @param readAt when the request began that gave it
 * @param leftOut the columns that are not known, as a comma list
 * @param values the values of the columns
 */
record StoredRow(String key, Instant readAt, String leftOut, List<@Nullable Object> values) {}
