package dev.turntable.handinger;

import dev.turntable.http.ServiceClient;
import dev.turntable.source.ConnectionScope;
import dev.turntable.source.PropertyDef;
import dev.turntable.source.SourceConfig;
import dev.turntable.source.TaskSource;
import dev.turntable.source.TaskSourceProvider;
import java.util.List;
import java.util.regex.Pattern;

/** The service Handinger, whose workers do tasks in turns. */
public final class HandingerProvider implements TaskSourceProvider {
  private static final Pattern TASK_ID = Pattern.compile("[A-Za-z0-9_.~-]{1,255}");

  @Override
  public String name() {
    return Handinger.SCHEMA;
  }

  @Override
  public List<PropertyDef> properties() {
    return List.of(
        PropertyDef.of("baseUrl", PropertyDef.Type.URL, "Where the service is.")
            .withDefault("https://handinger.com")
            .fromEnvironment("HANDINGER_BASE_URL"),
        PropertyDef.of("apiKey", PropertyDef.Type.STRING, "The API key.")
            .asSecret()
            .fromEnvironment("HANDINGER_API_KEY"),
        PropertyDef.of(
                "taskIds",
                PropertyDef.Type.LIST_OR_FILE,
                "The task ids that a scan without ids covers: a comma list, or @file.")
            .withEntries(TASK_ID),
        PropertyDef.of(
            "workerIds",
            PropertyDef.Type.LIST,
            "Workers whose webhook execution log names further task ids; also the default keys of"
                + " the worker tables."));
  }

  @Override
  public TaskSource open(SourceConfig config, ConnectionScope connection) {
    return new HandingerSource(config, connection);
  }

  @Override
  public void warmUp() {
    ServiceClient.warmUp();
  }
}
