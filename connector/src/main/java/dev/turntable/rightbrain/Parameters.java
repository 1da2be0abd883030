package dev.turntable.rightbrain;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The query parameters of a request.
 *
 * @param required without which the answer would be another one
 * @param optional which only spare rows: the rows are checked again anyway
 */
record Parameters(Map<String, String> required, Map<String, String> optional) {
  Parameters {
    required = new LinkedHashMap<>(required);
    optional = new LinkedHashMap<>(optional);
  }

  static Parameters none() {
    return new Parameters(Map.of(), Map.of());
  }

  static Parameters of(Map<String, String> optional) {
    return new Parameters(Map.of(), optional);
  }

  Parameters required(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(required);
    more.put(name, value);
    return new Parameters(more, optional);
  }

  Parameters optional(Map<String, String> further) {
    Map<String, String> more = new LinkedHashMap<>(optional);
    more.putAll(further);
    return new Parameters(required, more);
  }

  Parameters optional(String name, String value) {
    return optional(Map.of(name, value));
  }

  /** Returns all, but for some of the optional ones. */
  Map<String, String> without(Set<String> refused) {
    Map<String, String> all = new LinkedHashMap<>(required);
    optional.forEach(
        (name, value) -> {
          if (!refused.contains(name)) {
            all.put(name, value);
          }
        });
    return all;
  }
}
