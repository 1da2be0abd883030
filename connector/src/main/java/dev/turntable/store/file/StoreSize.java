package dev.turntable.store.file;

/**
 * How large the file of a store was and is, in bytes.
 *
 * @param before before it was copied
 * @param after the copy
 */
public record StoreSize(long before, long after) {}
