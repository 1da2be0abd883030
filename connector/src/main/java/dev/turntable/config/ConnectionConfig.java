package dev.turntable.config;

import dev.turntable.source.ConnectionLimits;
import dev.turntable.source.SourceConfig;
import dev.turntable.source.TaskSourceProvider;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is needed to open a connection, resolved and checked.
 *
 * @param sources the sources in the order of the URL; the first one's schema is the default
 * @param limits the limits of the connection
 * @param store where what is read is kept, or null if it is not
 * @param effective every property with its effective value, for {@code turntable.properties}
 */
public record ConnectionConfig(
    List<ConfiguredSource> sources,
    ConnectionLimits limits,
    @Nullable StoreSettings store,
    List<EffectiveProperty> effective) {
  public ConnectionConfig {
    sources = List.copyOf(sources);
    effective = List.copyOf(effective);
  }

  /**
   * A source and its properties.
   *
   * @param provider opens it
   * @param config its own and the common properties
   */
  public record ConfiguredSource(TaskSourceProvider provider, SourceConfig config) {}

  /**
   * A property as {@code turntable.properties} shows it.
   *
   * @param name the name, with the source's prefix where it belongs to a source
   * @param value the effective text, {@code ****} for a secret that is set, empty if none
   * @param origin {@code url}, {@code properties}, {@code environment} or {@code default}
   * @param description one sentence
   */
  public record EffectiveProperty(String name, String value, String origin, String description) {}
}
