package dev.turntable.rightbrain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.PromptServer;
import dev.turntable.source.AccessPath;
import dev.turntable.source.ColumnFilter;
import dev.turntable.source.ConnectionLimits;
import dev.turntable.source.ConnectionScope;
import dev.turntable.source.Fetch;
import dev.turntable.source.Page;
import dev.turntable.source.ScanRequest;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TableDef;
import dev.turntable.source.TaskSource;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.Headers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the list of a task, newest first, may be left: where all that follow are too old. */
final class RunListsTest {
  private static final String ID = MockRightbrain.ID;
  private static final Instant FROM = Instant.parse("2026-05-01T10:00:00Z");

  private final MockWebServer server = PromptServer.create();
  private final ConnectionScope connection = new ConnectionScope(ConnectionLimits.DEFAULT);
  private final StatementScope scope = connection.statement("SELECT 1", Duration.ZERO);
  private TaskSource source;

  @BeforeEach
  void start() throws IOException {
    source = MockRightbrain.start(server, connection);
  }

  @AfterEach
  void stop() {
    scope.close();
    source.close();
    connection.close();
    server.close();
  }

  private void page(String id, Instant created, boolean hasNext) {
    String run =
        "{\"id\":\""
            + id
            + "\",\"task_id\":\""
            + ID
            + "\",\"task_revision_id\":\""
            + ID
            + "\",\"run_data\":{},\"created\":\""
            + created
            + "\"}";
    String more = "{\"has_next\":" + hasNext + ",\"next_cursor\":\"c-" + id + "\"}";
    server.enqueue(
        new MockResponse(
            200,
            Headers.of("Content-Type", "application/json"),
            "{\"results\":[" + run + "],\"pagination\":" + more + "}"));
  }

  @SuppressWarnings("unchecked")
  private List<String> read(Map<String, ColumnFilter> filters) {
    TableDef<Run> table = (TableDef<Run>) MockRightbrain.runs(source, scope);
    AccessPath<Run> path =
        table.paths().stream()
            .filter(each -> each.name().equals("by task_id"))
            .findFirst()
            .orElseThrow();
    ScanRequest request =
        ScanRequest.all(Set.of()).withKeys(List.of(List.of(ID))).withFilters(filters);
    Deque<Fetch<Run>> steps = new ArrayDeque<>(path.open(request, scope));
    List<String> ids = new ArrayList<>();
    while (!steps.isEmpty()) {
      Page<Run> page = steps.removeFirst().fetch(scope);
      page.rows().forEach(run -> ids.add(run.id()));
      steps.addAll(page.next());
    }
    return ids;
  }

  /** Runs of the same moment as the bound may stand on both sides of a page break. */
  @ParameterizedTest
  @CsvSource({"1, 3", "0, 3", "-1, 1"})
  void theListIsLeftWhereRunsAreOlderThanTheBound(int microsAfter, int requests) {
    page("a", FROM.plusNanos(microsAfter * 1000L), true);
    page("b", FROM, true);
    page("c", FROM.minusNanos(1000), true);
    page("d", FROM.minusSeconds(1), false);
    assertThat(read(Map.of("created", new ColumnFilter.Range(FROM, true, null, false))))
        .startsWith("a")
        .hasSize(requests);
    assertThat(server.getRequestCount()).isEqualTo(requests);
  }

  @Test
  void withoutABoundItIsReadToItsEnd() {
    page("a", FROM, true);
    page("b", FROM, true);
    page("c", FROM.minusNanos(1000), true);
    page("d", FROM.minusSeconds(1), false);
    assertThat(read(Map.of())).containsExactly("a", "b", "c", "d");
  }
}
