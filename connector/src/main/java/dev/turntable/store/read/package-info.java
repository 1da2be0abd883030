/**
 * What is read of a store: in one transaction for each statement, as far as it is young enough, and as
 * much of a predicate by DuckDB as means the same there.
 */
@NullMarked
package dev.turntable.store.read;

import org.jspecify.annotations.NullMarked;
