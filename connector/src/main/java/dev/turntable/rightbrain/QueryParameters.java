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
record QueryParameters(Map<String, String> required, Map<String, String> optional) {
  QueryParameters {
    required = new LinkedHashMap<>(required);
    optional = new LinkedHashMap<>(optional);
  }

  static QueryParameters none() {
    return new QueryParameters(Map.of(), Map.of());
  }

  static QueryParameters of(Map<String, String> optional) {
    return new QueryParameters(Map.of(), optional);
  }

  QueryParameters required(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(required);
    more.put(name, value);
    return new QueryParameters(more, optional);
  }

  QueryParameters optional(Map<String, String> further) {
    Map<String, String> more = new LinkedHashMap<>(optional);
    more.putAll(further);
    return new QueryParameters(required, more);
  }

  QueryParameters optional(String name, String value) {
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
