/**
 * What has to be known of a store to bring it up to date: its gaps, and what is outdated.
 */
@NullMarked
package dev.turntable.store.sync;

import org.jspecify.annotations.NullMarked;
