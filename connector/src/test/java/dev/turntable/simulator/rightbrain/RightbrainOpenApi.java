package dev.turntable.simulator.rightbrain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.oas.OpenApi30;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;
import okio.Buffer;

/**
 * The reconstructed OpenAPI description: says what is wrong with a request or an answer. The schemas
 * are checked by a library; this class finds the one that applies.
 */
final class RightbrainOpenApi {
  private static final String IRI = "https://rightbrain.example/openapi.json";
  private static final String BASE = "/api/v1";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final JsonNode description;
  private final JsonSchemaFactory schemas;
  private final SchemaValidatorsConfig config =
      SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();

  RightbrainOpenApi() throws IOException {
    try (InputStream in =
        RightbrainOpenApi.class.getResourceAsStream("/rightbrain-openapi-subset.json")) {
      JsonNode read = JSON.readTree(in);
      allowNulls(read);
      String absolute = read.toString().replace("\"#/components", "\"" + IRI + "#/components");
      description = JSON.readTree(absolute);
      schemas =
          JsonSchemaFactory.getInstance(
              VersionFlag.V4,
              builder ->
                  builder
                      .metaSchema(OpenApi30.getInstance())
                      .defaultMetaSchemaIri(OpenApi30.getInstance().getIri())
                      .schemaLoaders(loaders -> loaders.schemas(Map.of(IRI, absolute))));
    }
  }

  /**
   * The description means {@code allOf} with {@code nullable} beside it to admit null, as FastAPI's
   * generator does; OpenAPI 3.0.3 says that {@code nullable} alone adds no type.
   */
  private static void allowNulls(JsonNode node) {
    if (node instanceof ObjectNode object
        && object.path("nullable").asBoolean()
        && object.has("allOf")) {
      JsonNode some = object.remove("allOf");
      ObjectNode none = JSON.createObjectNode();
      none.putArray("enum").addNull();
      object.putArray("anyOf").add(some.get(0)).add(none);
    }
    node.forEach(RightbrainOpenApi::allowNulls);
  }

  List<String> wrong(Request request) throws IOException {
    JsonNode operation = operation(request);
    List<String> wrong = new ArrayList<>();
    for (JsonNode parameter : operation.path("parameters")) {
      String name = parameter.path("name").asText();
      String value =
          parameter.path("in").asText().equals("path")
              ? pathParameter(request, name)
              : request.url().queryParameter(name);
      if (value != null) {
        JsonNode schema = parameter.get("schema");
        check(schema, typed(schema, value)).forEach(each -> wrong.add(name + ": " + each));
      }
    }
    for (String name : request.url().queryParameterNames()) {
      if (parameter(operation, name) == null) {
        wrong.add(name + ": no such parameter");
      }
    }
    JsonNode body = operation.at("/requestBody/content/application~1json/schema");
    if (!body.isMissingNode()) {
      wrong.addAll(check(body, JSON.readTree(text(request))));
    }
    return wrong;
  }

  List<String> wrong(Response response, String text) throws IOException {
    JsonNode answer = operation(response.request()).path("responses").path("" + response.code());
    JsonNode schema = answer.at("/content/application~1json/schema");
    if (schema.isMissingNode()) {
      return List.of("status " + response.code() + " is not described");
    }
    if (!"application/json".equals(response.header("Content-Type"))) {
      return List.of("content type " + response.header("Content-Type"));
    }
    List<String> wrong = check(schema, JSON.readTree(text));
    answer
        .path("headers")
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (response.header(name) == null) {
                wrong.add("no header " + name);
              }
            });
    return wrong;
  }

  private List<String> check(JsonNode schema, JsonNode value) {
    List<String> wrong = new ArrayList<>();
    for (ValidationMessage message : schemas.getSchema(schema, config).validate(value)) {
      wrong.add(message.getMessage());
    }
    return wrong;
  }

  private JsonNode operation(Request request) {
    JsonNode found =
        template(request.url()).getValue().path(request.method().equals("POST") ? "post" : "get");
    if (found.isMissingNode()) {
      throw new AssertionError("Not described: " + request.method() + " " + request.url());
    }
    return found;
  }

  private Map.Entry<String, JsonNode> template(HttpUrl url) {
    String path = url.encodedPath().substring(BASE.length());
    Map.Entry<String, JsonNode> best = null;
    for (Map.Entry<String, JsonNode> each : description.path("paths").properties()) {
      boolean matches = Pattern.matches(each.getKey().replaceAll("\\{[a-z_]+\\}", "[^/]+"), path);
      if (matches) {
        best = each;
      }
    }
    if (best == null) {
      throw new AssertionError("Not described: " + path);
    }
    return best;
  }

  private String pathParameter(Request request, String name) {
    List<String> names = List.of(template(request.url()).getKey().substring(1).split("/"));
    return request.url().pathSegments().get(names.indexOf("{" + name + "}") + 2);
  }

  private static JsonNode parameter(JsonNode operation, String name) {
    for (JsonNode parameter : operation.path("parameters")) {
      if (parameter.path("name").asText().equals(name)) {
        return parameter;
      }
    }
    return null;
  }

  /** A query parameter as the JSON value that it stands for. */
  private static JsonNode typed(JsonNode schema, String value) throws IOException {
    boolean plain = value.matches("-?\\d+|true|false");
    return schema.path("type").asText().equals("string") || !plain
        ? JSON.getNodeFactory().textNode(value)
        : JSON.readTree(value);
  }

  private static String text(Request request) throws IOException {
    Buffer body = new Buffer();
    request.body().writeTo(body);
    return body.readUtf8();
  }
}
