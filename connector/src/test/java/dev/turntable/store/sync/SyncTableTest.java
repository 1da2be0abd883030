package dev.turntable.store.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.config.ConfigRequest;
import dev.turntable.config.ConfigResolver;
import dev.turntable.config.ConnectionConfig.ConfiguredSource;
import dev.turntable.config.Setting;
import dev.turntable.config.Sources;
import dev.turntable.source.ConnectionLimits;
import dev.turntable.source.ConnectionScope;
import dev.turntable.source.TaskSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How the rows of each table are found when a store is brought up to date. */
final class SyncTableTest {
  private static List<String> tables(String source) {
    ConfiguredSource configured =
        ConfigResolver.resolve(
                new ConfigRequest(
                    Sources.named(List.of(source)),
                    List.of(new Setting("apiKey", "k")),
                    Map.of(),
                    Map.of(),
                    Map.of()))
            .config()
            .sources()
            .get(0);
    try (ConnectionScope connection = new ConnectionScope(ConnectionLimits.DEFAULT);
        TaskSource opened = configured.provider().open(configured.config(), connection)) {
      return SyncTable.of(opened).stream()
          .map(
              table ->
                  table.qualifiedName()
                      + " "
                      + table.kind()
                      + " "
                      + table.column()
                      + " '"
                      + table.list()
                      + "' "
                      + table.parent()
                      + (table.isLog() ? " log" : ""))
          .toList();
    }
  }

  @Test
  void ofHandinger() {
    assertThat(tables("handinger"))
        .containsExactly(
            "handinger.tasks CATALOGUE id '' null",
            "handinger.turns PART task_id '' task_id",
            "handinger.webhook_executions LIST created_at '' task_id log",
            "handinger.worker_schedules LIST next_run_at '' null",
            "handinger.workers LIST created_at '' task_id");
  }

  @Test
  void ofRightbrain() {
    assertThat(tables("rightbrain"))
        .containsExactly(
            "rightbrain.tasks LIST created '' null",
            "rightbrain.task_revisions LIST created '' null",
            "rightbrain.task_runs HISTORY created 'project' null");
  }
}
