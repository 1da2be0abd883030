package dev.turntable.config;

import java.util.List;

/**
 * A resolved configuration.
 *
 * @param config what the connection is opened with
 * @param warnings what the user should know, such as entries that were ignored
 */
public record Resolution(ConnectionConfig config, List<String> warnings) {
  public Resolution {
    warnings = List.copyOf(warnings);
  }
}
