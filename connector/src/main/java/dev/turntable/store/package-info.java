/**
 * The local store: what connections have read is kept in a directory, in a file of DuckDB, and may answer
 * later statements. Knows no service, and hands no text of a user to DuckDB. Nothing of DuckDB is loaded
 * before a connection asks for a store.
 */
@NullMarked
package dev.turntable.store;

import org.jspecify.annotations.NullMarked;
