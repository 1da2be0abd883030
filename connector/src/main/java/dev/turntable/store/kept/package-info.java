/** What of a store DuckDB computes whole: the relations of a statement's tables, all of whose rows are there. */
@NullMarked
package dev.turntable.store.kept;

import org.jspecify.annotations.NullMarked;
