package dev.turntable.simulator.rightbrain;

import com.squareup.moshi.Moshi;
import dev.turntable.simulator.Simulator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import okhttp3.Credentials;
import okhttp3.FormBody;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** Asks a simulated Rightbrain over HTTP, in as few words as a test may need. */
final class RightbrainCalls implements AutoCloseable {
  private static final MediaType JSON = MediaType.get("application/json");

  /** An answer: its status, its headers by name and its body. */
  record Reply(int status, Response response, String text) {

    /** The value under names and positions, or null. */
    Object at(Object... path) throws IOException {
      Object value = new Moshi.Builder().build().adapter(Object.class).fromJson(text);
      for (Object step : path) {
        value =
            step instanceof Integer index
                ? ((List<?>) value).get(index)
                : ((Map<?, ?>) value).get(step);
      }
      return value;
    }

    @SuppressWarnings("unchecked")
    List<Map<String, Object>> results() throws IOException {
      return (List<Map<String, Object>>) at("results");
    }
  }

  private final OkHttpClient http = new OkHttpClient();
  private final Simulator simulator;
  private final String token;

  RightbrainCalls(Simulator simulator) {
    this(simulator, RightbrainOptions.KEY);
  }

  RightbrainCalls(Simulator simulator, String token) {
    this.simulator = simulator;
    this.token = token;
  }

  /** Path below the project, for example {@code task}. */
  Reply project(String path, String... query) throws IOException {
    return get(inProject(path), query);
  }

  String inProject(String path) {
    RightbrainState state = simulator.rightbrain();
    return "org/" + state.orgId() + "/project/" + state.projectId() + "/" + path;
  }

  Reply get(String path, String... query) throws IOException {
    return send(path, builder -> builder.get(), query);
  }

  Reply run(String taskId, String body, String... query) throws IOException {
    RequestBody content = RequestBody.create(body, JSON);
    return send(inProject("task/" + taskId + "/run"), builder -> builder.post(content), query);
  }

  Reply send(String path, Consumer<Request.Builder> method, String... query) throws IOException {
    HttpUrl.Builder url = HttpUrl.get(simulator.rightbrainUrl() + "/" + path).newBuilder();
    for (int i = 0; i < query.length; i += 2) {
      url.addQueryParameter(query[i], query[i + 1]);
    }
    Request.Builder request =
        new Request.Builder().url(url.build()).header("Authorization", "Bearer " + token);
    method.accept(request);
    return send(request.build());
  }

  /** All items of a list, page by page. */
  List<Map<String, Object>> all(String path, String... query) throws IOException {
    List<Map<String, Object>> items = new ArrayList<>();
    List<String> parameters = new ArrayList<>(List.of(query));
    while (true) {
      Reply page = project(path, parameters.toArray(new String[0]));
      items.addAll(page.results());
      Object cursor = page.at("pagination", "next_cursor");
      if (cursor == null) {
        return items;
      }
      parameters = new ArrayList<>(List.of(query));
      parameters.addAll(List.of("cursor", (String) cursor));
    }
  }

  Reply token(String client, String secret, String grant) throws IOException {
    return send(
        new Request.Builder()
            .url(simulator.rightbrainTokenUrl())
            .header("Authorization", Credentials.basic(client, secret))
            .post(new FormBody.Builder().add("grant_type", grant).build())
            .build());
  }

  Reply send(Request request) throws IOException {
    try (Response response = http.newCall(request).execute()) {
      return new Reply(response.code(), response, response.body().string());
    }
  }

  @Override
  public void close() {
    http.dispatcher().executorService().shutdown();
    http.connectionPool().evictAll();
  }
}
