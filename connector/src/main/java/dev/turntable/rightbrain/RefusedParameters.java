package dev.turntable.rightbrain;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The optional parameters that the service refused, by table. Safe for use by several threads. */
final class RefusedParameters {
  private final Map<String, Set<String>> refused = new ConcurrentHashMap<>();

  Set<String> of(String table) {
    return Set.copyOf(refused.getOrDefault(table, Set.of()));
  }

  void add(String table, Set<String> parameters) {
    refused.computeIfAbsent(table, name -> ConcurrentHashMap.newKeySet()).addAll(parameters);
  }
}
