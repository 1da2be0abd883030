package dev.turntable.simulator.handinger;

import org.jspecify.annotations.Nullable;

/**
 * A file that a turn published.
 *
 * @param size in bytes; left out of the answer when null
 */
public record HandingerFile(
    @Nullable String filename, String mediaType, String url, @Nullable Long size) {}
