package dev.turntable.config;

import dev.turntable.source.TaskSourceProvider;
import java.util.List;
import java.util.Map;

/**
 * What a connection is opened with.
 *
 * @param sources the services in the order of the URL
 * @param url the properties of the URL, or the operands of a model file: unknown names are errors
 * @param properties entries that tools may have added to: unknown names are warnings
 * @param environment the environment variables; values used last of all
 * @param presets texts by full name that stand in for defaults, such as the demo's own address and
 *     key; where there are any, nothing else decides where requests go and with which key
 * @param profile what beats the environment
 */
public record ConfigRequest(
    List<TaskSourceProvider> sources,
    List<Setting> url,
    Map<String, String> properties,
    Map<String, String> environment,
    Map<String, String> presets,
    Profile profile) {

  /** A request without a profile. */
  public ConfigRequest(
      List<TaskSourceProvider> sources,
      List<Setting> url,
      Map<String, String> properties,
      Map<String, String> environment,
      Map<String, String> presets) {
    this(sources, url, properties, environment, presets, Profile.NONE);
  }

  public ConfigRequest {
    sources = List.copyOf(sources);
    url = List.copyOf(url);
    properties = Map.copyOf(properties);
    environment = Map.copyOf(environment);
    presets = Map.copyOf(presets);
  }

  /** Hides the values: some are secrets. */
  @Override
  public String toString() {
    return "ConfigRequest" + url;
  }
}
