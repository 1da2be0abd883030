/**
 * What lies in a store: rows of an account, and what tells that they are all, of a key, a list or a span
 * of time.
 */
@NullMarked
package dev.turntable.store.table;

import org.jspecify.annotations.NullMarked;
