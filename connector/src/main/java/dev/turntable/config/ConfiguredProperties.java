package dev.turntable.config;

import dev.turntable.source.ErrorKind;
import dev.turntable.source.PropertyDef;
import dev.turntable.source.TaskSourceProvider;
import dev.turntable.source.TurntableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All properties of one connection, and which of them a name means. */
final class ConfiguredProperties {
  private final List<TaskSourceProvider> sources;
  private final List<ConfiguredProperty> slots = new ArrayList<>();

  ConfiguredProperties(List<TaskSourceProvider> sources) {
    this.sources = sources;
    for (TaskSourceProvider source : sources) {
      for (PropertyDef def : source.properties()) {
        slots.add(new ConfiguredProperty(source, def));
      }
    }
    for (CommonProperty property : CommonProperty.values()) {
      slots.add(ConfiguredProperty.of(property));
    }
  }

  List<ConfiguredProperty> all() {
    return slots;
  }

  /** Returns the property of a source by its bare name. */
  Optional<ConfiguredProperty> of(TaskSourceProvider source, String name) {
    for (ConfiguredProperty slot : slots) {
      if (slot.source() == source && slot.def().name().equalsIgnoreCase(name)) {
        return Optional.of(slot);
      }
    }
    return Optional.empty();
  }

  /** Returns the source whose prefix a name carries. */
  Optional<TaskSourceProvider> prefix(String name) {
    for (TaskSourceProvider source : sources) {
      if (name.regionMatches(true, 0, source.name() + ".", 0, dot(source))) {
        return Optional.of(source);
      }
    }
    return Optional.empty();
  }

  private static int dot(TaskSourceProvider source) {
    return source.name().length() + 1;
  }

  /**
   * Returns the property that a name means, or empty if it is unknown.
   *
   * @throws TurntableException if the name needs the prefix of a source
   */
  Optional<ConfiguredProperty> find(String name) {
    Optional<TaskSourceProvider> prefix = prefix(name);
    if (prefix.isPresent()) {
      return of(prefix.get(), name.substring(dot(prefix.get())));
    }
    List<ConfiguredProperty> matches = new ArrayList<>();
    for (ConfiguredProperty slot : slots) {
      if (slot.def().name().equalsIgnoreCase(name)) {
        matches.add(slot);
      }
    }
    if (matches.isEmpty()) {
      return Optional.empty();
    }
    ConfiguredProperty first = matches.get(0);
    if (first.source() != null && sources.size() > 1) {
      if (matches.stream().anyMatch(slot -> slot.def().secret())) {
        throw needsPrefix(ErrorKind.AUTHENTICATION, first.def().name(), matches);
      }
      if (matches.size() > 1) {
        throw needsPrefix(ErrorKind.BAD_VALUE, first.def().name(), matches);
      }
    }
    return Optional.of(first);
  }

  private static TurntableException needsPrefix(
      ErrorKind kind, String name, List<ConfiguredProperty> matches) {
    return new TurntableException(
        kind,
        "with several sources, say whose "
            + name
            + " it is: "
            + matches.stream()
                .map(ConfiguredProperty::fullName)
                .collect(Collectors.joining(" or ")));
  }

  /** Returns whether a name would be one of these but for the case of its letters. */
  boolean resembles(String name) {
    return allNames().stream().anyMatch(name::equalsIgnoreCase);
  }

  /** Returns all names, those with a source's prefix too. */
  List<String> allNames() {
    return slots.stream()
        .flatMap(slot -> Stream.of(slot.def().name(), slot.fullName()))
        .distinct()
        .toList();
  }

  /** Returns the full names of all properties, for messages. */
  String names() {
    return slots.stream()
        .map(slot -> sources.size() == 1 ? slot.def().name() : slot.fullName())
        .collect(Collectors.joining(", "));
  }
}
