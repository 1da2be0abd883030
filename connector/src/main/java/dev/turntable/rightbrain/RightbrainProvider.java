package dev.turntable.rightbrain;

import dev.turntable.http.ServiceClient;
import dev.turntable.source.ConnectionScope;
import dev.turntable.source.PropertyDef;
import dev.turntable.source.SourceConfig;
import dev.turntable.source.TaskSource;
import dev.turntable.source.TaskSourceProvider;
import java.util.List;

/** The service Rightbrain, whose tasks are definitions that are run. */
public final class RightbrainProvider implements TaskSourceProvider {
  @Override
  public String name() {
    return Rightbrain.SCHEMA;
  }

  @Override
  public List<PropertyDef> properties() {
    return List.of(
        PropertyDef.of("baseUrl", PropertyDef.Type.URL, "Where the service is.")
            .withDefault("https://app.rightbrain.ai/api/v1")
            .fromEnvironment("RB_BASE_URL"),
        PropertyDef.of("apiKey", PropertyDef.Type.STRING, "The API key; not needed with clientId.")
            .asSecret()
            .fromEnvironment("RB_API_KEY"),
        PropertyDef.of(
                "orgId",
                PropertyDef.Type.STRING,
                "The organization; if not given, the service is asked.")
            .fromEnvironment("RB_ORG_ID"),
        PropertyDef.of(
                "projectId",
                PropertyDef.Type.STRING,
                "The project; if not given, the service is asked.")
            .fromEnvironment("RB_PROJECT_ID"),
        PropertyDef.of(
                "clientId",
                PropertyDef.Type.STRING,
                "The OAuth2 client, used instead of an API key.")
            .fromEnvironment("RB_CLIENT_ID"),
        PropertyDef.of("clientSecret", PropertyDef.Type.STRING, "The secret of the OAuth2 client.")
            .asSecret()
            .fromEnvironment("RB_CLIENT_SECRET"),
        PropertyDef.of("tokenUrl", PropertyDef.Type.URL, "Where the OAuth2 client gets its tokens.")
            .withDefault("https://oauth.rightbrain.ai/oauth2/token")
            .fromEnvironment("RB_TOKEN_URL"));
  }

  @Override
  public TaskSource open(SourceConfig config, ConnectionScope connection) {
    return new RightbrainSource(config, connection);
  }

  @Override
  public void warmUp() {
    ServiceClient.warmUp();
  }
}
