package dev.turntable.http;

import dev.turntable.source.SourceConfig;
import java.util.HashMap;
import java.util.Map;

/** The common properties with their defaults, as a connection resolves them. */
public final class TestConfig {
  private final Map<String, String> values = new HashMap<>();

  private TestConfig() {
    values.put("connectTimeout", "10");
    values.put("requestTimeout", "60");
    values.put("runTimeout", "600");
    values.put("allowHttp", "false");
    values.put("maxRetries", "4");
    values.put("requestsPerSecond", "0");
    values.put("readOnly", "false");
    values.put("maxRequests", "0");
    values.put("maxConcurrentRequests", "8");
    values.put("maxConcurrentWrites", "4");
    values.put("maxAge", "0");
  }

  public static TestConfig at(String baseUrl) {
    return new TestConfig().with("baseUrl", baseUrl);
  }

  public TestConfig with(String name, String value) {
    values.put(name, value);
    return this;
  }

  public SourceConfig source(String name) {
    return new SourceConfig(name, values);
  }
}
