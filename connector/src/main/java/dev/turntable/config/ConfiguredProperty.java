package dev.turntable.config;

import dev.turntable.source.PropertyDef;
import dev.turntable.source.TaskSourceProvider;
import org.jspecify.annotations.Nullable;

/**
 * A property that this connection has.
 *
 * @param source the source it belongs to, or null if it is common
 * @param def what it is
 */
record ConfiguredProperty(@Nullable TaskSourceProvider source, PropertyDef def) {
  static ConfiguredProperty of(CommonProperty property) {
    return new ConfiguredProperty(null, property.def());
  }

  /** Returns the full name, with the source's prefix. */
  String fullName() {
    return source == null ? def.name() : source.name() + "." + def.name();
  }

  /** By hand: the one that Java makes for a record costs the first connection of a JVM 60 ms. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ConfiguredProperty slot && fullName().equals(slot.fullName());
  }

  @Override
  public int hashCode() {
    return fullName().hashCode();
  }
}
