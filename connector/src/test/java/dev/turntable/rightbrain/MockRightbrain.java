package dev.turntable.rightbrain;

import dev.turntable.http.TestConfig;
import dev.turntable.source.ConnectionScope;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TableDef;
import dev.turntable.source.TaskSource;
import java.io.IOException;
import java.net.InetAddress;
import mockwebserver3.MockWebServer;

/** A source whose service is a server that answers what a test has told it. */
final class MockRightbrain {
  /** Of the organization and the project; tests use it for what else needs one. */
  static final String ID = "019011e6-e530-3aca-6cf7-2973387c255d";

  private MockRightbrain() {}

  static TaskSource start(MockWebServer server, ConnectionScope connection) throws IOException {
    server.start(InetAddress.getLoopbackAddress(), 0);
    return new RightbrainProvider()
        .open(
            TestConfig.at("http://127.0.0.1:" + server.getPort() + "/api/v1")
                .with("apiKey", "key_secret")
                .with("orgId", ID)
                .with("projectId", ID)
                .source("rightbrain"),
            connection);
  }

  /** Returns the table of runs. */
  static TableDef<?> runs(TaskSource source, StatementScope scope) {
    return source.schemas().get(0).loader().apply(scope).stream()
        .filter(table -> table.name().equals("task_runs"))
        .findFirst()
        .orElseThrow();
  }
}
