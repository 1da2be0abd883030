package dev.turntable.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row out of the store.
 *
 * @param values the values of the columns, null also where a column was not read
 */
record StoredRow(List<@Nullable Object> values) {}
