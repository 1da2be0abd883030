/** What lies in a store, written as Parquet for engines that read files: by days, whole or not at all. */
@NullMarked
package dev.turntable.store.parquet;

import org.jspecify.annotations.NullMarked;
