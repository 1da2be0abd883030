package dev.turntable.plan.type;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks names up: without regard to case, but an exact match wins. */
public final class Names {
  private Names() {}

  public static <V> @Nullable V find(Map<String, V> values, String name) {
    V exact = values.get(name);
    if (exact != null) {
      return exact;
    }
    for (Map.Entry<String, V> entry : values.entrySet()) {
      if (entry.getKey().equalsIgnoreCase(name)) {
        return entry.getValue();
      }
    }
    return null;
  }
}
