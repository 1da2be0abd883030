/**
 * The file of a store: its directory, its lock, DuckDB's library, opening and letting go, and the SQL that
 * all of the store is written in. Knows nothing of what lies in it but its version.
 */
@NullMarked
package dev.turntable.store.file;

import org.jspecify.annotations.NullMarked;
