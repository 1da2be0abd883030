package dev.turntable.http;

import com.squareup.moshi.JsonReader;
import dev.turntable.source.ConnectionScope;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.SourceConfig;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;
import retrofit2.Call;
import retrofit2.http.GET;
import retrofit2.http.Url;

/**
 * Reads of a JSON service as plain Java values, for sources outside Turntable: the same limits,
 * retries, log and errors as the built-in services have. Safe for use by several threads.
 *
 * <p>An object is a {@link Map}, an array a {@link List}, a number a {@link java.math.BigDecimal};
 * strings and booleans are themselves.
 */
public final class JsonApi implements AutoCloseable {
  private final ServiceClient client;
  private final HttpUrl baseUrl;
  private final Gets gets;

  private interface Gets {
    @GET
    Call<Object> get(@Url HttpUrl url);
  }

  private JsonApi(ServiceClient client) {
    this.client = client;
    this.baseUrl = HttpUrl.get(client.baseUrl());
    this.gets = client.create(Gets.class);
  }

  /**
   * Opens a service at the property {@code baseUrl}. Sends nothing. If the source has a property
   * {@code apiKey} with a value, that is sent as a bearer token.
   *
   * @throws TurntableException if a property cannot be used
   */
  public static JsonApi open(SourceConfig config, ConnectionScope connection) {
    String key = config.find("apiKey");
    connection.secrets().add(key);
    Authorization authorization =
        key == null ? Authorization.none() : Authorization.bearer(config, "apiKey");
    return new JsonApi(
        ServiceClient.open(
            config,
            connection,
            authorization,
            String.valueOf(key),
            Json.moshi().add(Object.class, Json.adapter(JsonApi::value)).build()));
  }

  /**
   * Sends a GET whose answer must exist.
   *
   * @param table the qualified name of the table that it is for, for messages
   * @param pathTemplate relative to the base URL, for example {@code tasks/{id}/runs}
   * @param path the values of the names in braces; each becomes one path segment
   * @param query the parameters, in order
   * @throws TurntableException if there is no complete, valid answer
   */
  public Object get(
      StatementScope scope,
      String table,
      String pathTemplate,
      Map<String, String> path,
      Map<String, String> query) {
    return client.calls().read(scope, table, call(pathTemplate, path, query));
  }

  /** As {@link #get}, but null where the service itself, with a JSON error, answers 404. */
  public @Nullable Object find(
      StatementScope scope,
      String table,
      String pathTemplate,
      Map<String, String> path,
      Map<String, String> query) {
    return client.calls().find(scope, table, call(pathTemplate, path, query));
  }

  /**
   * Sends a GET, once, to see whether the service is there and knows the key: it is and does where it
   * answers JSON with any status but 401.
   */
  public boolean isAnswered(
      StatementScope scope,
      String table,
      String pathTemplate,
      Map<String, String> path,
      Map<String, String> query) {
    return client.calls().isAnswered(scope, table, call(pathTemplate, path, query));
  }

  private Call<Object> call(
      String pathTemplate, Map<String, String> path, Map<String, String> query) {
    HttpUrl.Builder url = baseUrl.newBuilder();
    for (String segment : pathTemplate.split("/", -1)) {
      if (segment.startsWith("{") && segment.endsWith("}")) {
        url.addPathSegment(value(path, segment.substring(1, segment.length() - 1)));
      } else if (!segment.isEmpty()) {
        url.addPathSegment(segment);
      }
    }
    query.forEach(url::addQueryParameter);
    return gets.get(url.build());
  }

  /** An empty segment, {@code .} or {@code ..} would ask for another path. */
  private static String value(Map<String, String> path, String name) {
    String value = path.get(name);
    if (value == null || value.isEmpty() || value.equals(".") || value.equals("..")) {
      throw new TurntableException(
          ErrorKind.BAD_VALUE, "'" + value + "' cannot be the " + name + " in a path");
    }
    return value;
  }

  private static @Nullable Object value(JsonReader reader) throws IOException {
    return switch (reader.peek()) {
      case BEGIN_OBJECT -> object(reader);
      case BEGIN_ARRAY -> array(reader);
      case STRING -> reader.nextString();
      case NUMBER -> Json.decimal(reader);
      case BOOLEAN -> reader.nextBoolean();
      default -> reader.nextNull();
    };
  }

  private static Map<String, @Nullable Object> object(JsonReader reader) throws IOException {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    reader.beginObject();
    while (reader.hasNext()) {
      object.put(reader.nextName(), value(reader));
    }
    reader.endObject();
    return object;
  }

  private static List<@Nullable Object> array(JsonReader reader) throws IOException {
    List<@Nullable Object> array = new ArrayList<>();
    reader.beginArray();
    while (reader.hasNext()) {
      array.add(value(reader));
    }
    reader.endArray();
    return array;
  }

  @Override
  public void close() {
    client.close();
  }
}
