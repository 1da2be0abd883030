/**
 * What is written to a store, in the background and many changes at a time: rows, readings, the catalogue,
 * the journal of writes and the requests.
 */
@NullMarked
package dev.turntable.store.write;

import org.jspecify.annotations.NullMarked;
