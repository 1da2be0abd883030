package dev.turntable.config;

import dev.turntable.source.ErrorKind;
import dev.turntable.source.TaskSourceProvider;
import dev.turntable.source.TurntableException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds the services that are there, by {@link ServiceLoader}. */
public final class Sources {
  private Sources() {}

  /** Returns the services beside this class, by name. */
  public static Map<String, TaskSourceProvider> known() {
    return load(Sources.class.getClassLoader());
  }

  /**
   * Returns the services of the given names. One that is not beside this class may come from the
   * context class loader of the thread.
   *
   * @throws TurntableException if one is unknown or named twice
   */
  public static List<TaskSourceProvider> named(List<String> names) {
    Map<String, TaskSourceProvider> known = new TreeMap<>(known());
    if (known.isEmpty()) {
      throw new TurntableException(
          ErrorKind.UNSUPPORTED,
          "no source can be found, whatever its name: META-INF/services/"
              + TaskSourceProvider.class.getName()
              + " of the driver's jar cannot be read; does a security manager forbid it, or was it"
              + " left out when the jar was packed anew?");
    }
    if (!known.keySet().containsAll(names)) {
      load(Thread.currentThread().getContextClassLoader()).forEach(known::putIfAbsent);
    }
    Set<String> seen = new LinkedHashSet<>();
    List<TaskSourceProvider> result = new ArrayList<>();
    for (String name : names) {
      TaskSourceProvider provider = known.get(name.toLowerCase(Locale.ROOT));
      if (provider == null) {
        throw new TurntableException(
            ErrorKind.BAD_VALUE,
            "unknown source "
                + SafeName.name(name, known.keySet())
                + "; known are demo, "
                + joined(known.keySet()));
      }
      if (!seen.add(provider.name())) {
        throw new TurntableException(
            ErrorKind.BAD_VALUE, "source " + provider.name() + " is named twice");
      }
      result.add(provider);
    }
    return result;
  }

  private static String joined(Set<String> names) {
    return String.join(", ", names);
  }

  private static Map<String, TaskSourceProvider> load(@Nullable ClassLoader loader) {
    Map<String, TaskSourceProvider> found = new TreeMap<>();
    try {
      for (TaskSourceProvider provider : ServiceLoader.load(TaskSourceProvider.class, loader)) {
        found.putIfAbsent(provider.name(), provider);
      }
    } catch (ServiceConfigurationError e) {
      throw new TurntableException(
          ErrorKind.INTERNAL, "a task source cannot be loaded: " + e.getMessage(), e);
    }
    return found;
  }
}
