package dev.turntable.simulator;

import com.squareup.moshi.Moshi;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** Asks one base URL with one key; repeats nothing and follows nothing. */
public final class Client implements AutoCloseable {
  /** A whole answer. */
  public record Reply(int status, String text, Response response) {
    /** A value inside the JSON by its path; names for members, numbers for elements. */
    public Object at(Object... path) throws IOException {
      Object value = new Moshi.Builder().build().adapter(Object.class).fromJson(text);
      for (Object step : path) {
        value =
            step instanceof Integer index
                ? ((List<?>) value).get(index)
                : ((Map<?, ?>) value).get(step);
      }
      return value;
    }

    /** The elements of an array inside the JSON. */
    public List<Object> list(Object... path) throws IOException {
      return List.copyOf((List<?>) at(path));
    }
  }

  private final OkHttpClient http;
  private final String url;
  private final String key;

  public Client(String url, String key) {
    this(url, key, Duration.ofSeconds(10));
  }

  public Client(String url, String key, Duration readTimeout) {
    this.url = url;
    this.key = key;
    this.http =
        new OkHttpClient.Builder()
            .retryOnConnectionFailure(false)
            .followRedirects(false)
            .readTimeout(readTimeout)
            .build();
  }

  public Reply get(String path) throws IOException {
    return call("GET", path, null);
  }

  public Reply post(String path, String json) throws IOException {
    return call("POST", path, json);
  }

  public Reply delete(String path) throws IOException {
    return call("DELETE", path, null);
  }

  public Reply call(String method, String path, String json) throws IOException {
    RequestBody body =
        json == null ? null : RequestBody.create(json, MediaType.get("application/json"));
    Request.Builder request = new Request.Builder().url(url + path).method(method, body);
    if (!key.isEmpty()) {
      request.header("Authorization", "Bearer " + key);
    }
    try (Response response = http.newCall(request.build()).execute()) {
      return new Reply(response.code(), response.body().string(), response);
    }
  }

  @Override
  public void close() {
    http.dispatcher().executorService().shutdown();
    http.connectionPool().evictAll();
  }
}
