package dev.turntable.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.simulator.rightbrain.RightbrainAccess;
import dev.turntable.simulator.rightbrain.RightbrainOptions;
import dev.turntable.simulator.server.ReceivedRequest;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.TurntableException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who asks Rightbrain, and where. */
final class RightbrainAccessTest {
  private static final String ANY = "SELECT id FROM tasks LIMIT 1";

  private Bench bench;

  @BeforeEach
  void start() {
    bench = Bench.rightbrain(RightbrainOptions.builder().runsPerTask(5).build()).explaining();
  }

  @AfterEach
  void stop() {
    bench.close();
  }

  private Map<String, String> client(String... further) {
    Map<String, String> properties = new HashMap<>();
    properties.put("apiKey", "");
    properties.put("clientId", RightbrainAccess.CLIENT_ID);
    properties.put("clientSecret", RightbrainAccess.CLIENT_SECRET);
    properties.put("tokenUrl", bench.simulator().rightbrainTokenUrl());
    for (int i = 0; i < further.length; i += 2) {
      properties.put(further[i], further[i + 1]);
    }
    return properties;
  }

  private RightbrainAccess access() {
    return bench.simulator().rightbrain().access();
  }

  private static List<String> paths(Bench.Result result) {
    return result.requests().stream()
        .map(ReceivedRequest::path)
        .map(path -> path.substring(path.lastIndexOf('/') + 1))
        .toList();
  }

  @Test
  void aTokenIsMintedOnce() {
    bench.connect(client("orgId", "", "projectId", ""));
    assertThat(access().tokensMinted()).isZero();
    assertThat(paths(bench.sql(ANY).rows())).containsExactly("token", "whoami", "task");
    assertThat(paths(bench.sql(ANY).rows())).containsExactly("task");
  }

  @Test
  void neitherIsCountedAndBothAreLogged() {
    bench.connect(client("orgId", "", "projectId", "", "maxRequests", "1"));
    bench.sql(ANY).rows().hasRows(1).sent(3);
    assertThat(
            bench
                .sql("SELECT method, url, status FROM turntable.requests ORDER BY started_at")
                .rows()
                .rows())
        .hasSize(3)
        .first()
        .asString()
        .startsWith("POST ")
        .endsWith("/oauth2/token | 200");
  }

  /** A token that lasts two seconds is asked for again before they are over, not when it is refused. */
  @Test
  void aTokenIsRenewedBeforeItExpires() {
    Duration life = Duration.ofSeconds(2);
    access().tokenLifetime(life);
    bench.connect(client());
    assertThat(paths(bench.sql(ANY).rows())).startsWith("token", "task");
    long made = System.nanoTime();
    access().tokenLifetime(Duration.ofHours(1));
    while (true) {
      Duration age = Duration.ofNanos(System.nanoTime() - made);
      List<String> paths = paths(bench.sql(ANY).unforeseen().rows().hasRows(1));
      if (paths.get(0).equals("task")) { // sent with the first token, however long its way took
        assertThat(age).as("age of a token in use").isLessThan(Duration.ofMillis(1900));
      }
      if (paths.contains("token")) {
        break;
      }
    }
    assertThat(access().tokensMinted()).isEqualTo(2);
    assertThat(paths(bench.sql(ANY).rows())).containsExactly("task");
  }

  /** What is made for one request is not kept for the next. */
  @Test
  void aTokenWithoutALifeIsUsedOnce() {
    access().tokenLifetime(Duration.ofMillis(900));
    bench.connect(client());
    assertThat(paths(bench.sql(ANY).rows())).startsWith("token", "task");
    assertThat(paths(bench.sql(ANY).rows())).containsExactly("token", "task");
  }

  @Test
  void aTokenThatIsRefusedIsRenewedOnce() {
    bench.connect(client());
    bench.sql(ANY).rows();
    access().expireTokens();
    assertThat(paths(bench.sql(ANY).unforeseen().rows().hasRows(1)))
        .containsExactly("task", "token", "task");
  }

  @Test
  void soIsTheTokenOfAWriteForNothingHasRun() {
    bench.connect(client());
    bench.sql(ANY).rows();
    String task = bench.simulator().rightbrain().taskId("Task-2");
    access().expireTokens();
    Bench.Result result =
        bench
            .sql("INSERT INTO task_runs (task_id, input) VALUES (?, '{\"text\": \"a\"}')", task)
            .update();
    assertThat(paths(result)).containsExactly("run", "token", "run");
    assertThat(bench.simulator().rightbrain().runs()).isEqualTo(1);
  }

  @Test
  void wrongCredentials() {
    bench.connect(client("clientSecret", "wrong-secret"));
    TurntableException failure = bench.sql(ANY).fails(ErrorKind.AUTHENTICATION);
    assertThat(failure).hasMessageContaining("invalid_client").hasMessageNotContaining("wrong");
    access().revokeKey(RightbrainOptions.KEY);
    bench.connect(Map.of());
    bench.sql(ANY).fails(ErrorKind.AUTHENTICATION);
  }

  @Test
  void theOnlyProject() {
    bench.simulator().rightbrain().switches().whoamiNamesClient(false);
    bench.connect(Map.of("orgId", "", "projectId", ""));
    assertThat(paths(bench.sql(ANY).unforeseen().rows()))
        .containsExactly("whoami", "org", "project", "task");
    bench.close();
    bench = Bench.rightbrain(RightbrainOptions.builder().projects(2).build()).explaining();
    bench.simulator().rightbrain().switches().whoamiNamesClient(false);
    bench.connect(Map.of("orgId", "", "projectId", ""));
    assertThat(bench.sql(ANY).fails(ErrorKind.BAD_VALUE))
        .hasMessageContaining("rightbrain.orgId")
        .hasMessageContaining("rightbrain.projectId");
    bench.connect(Map.of("orgId", ""));
    bench.sql(ANY).unforeseen().rows().hasRows(1);
  }

  @Test
  void foreignProject() {
    bench.connect(Map.of("projectId", bench.simulator().rightbrain().orgId()));
    bench.sql(ANY).fails(ErrorKind.FORBIDDEN);
  }
}
