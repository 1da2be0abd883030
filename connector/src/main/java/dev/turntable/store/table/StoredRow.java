package dev.turntable.store.table;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row out of the store.
 *
 * @param values the values of the columns, null also where a column was not read
 */
public record StoredRow(List<@Nullable Object> values) {}
