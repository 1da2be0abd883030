package dev.turntable.simulator.rightbrain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.simulator.Simulator;
import dev.turntable.simulator.SimulatorOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import okhttp3.FormBody;
import okhttp3.Request;
import org.junit.jupiter.api.Test;

final class RightbrainAccessTest {
  private static final String GRANT = "client_credentials";

  private static Simulator start(RightbrainOptions options) throws IOException {
    return Simulator.start(SimulatorOptions.builder().tasks(0).rightbrain(options).build());
  }

  @Test
  void keysAndClientsAreToldWhereTheyAre() throws IOException {
    try (Simulator simulator = start(RightbrainOptions.defaults())) {
      RightbrainState state = simulator.rightbrain();
      Map<String, String> here = Map.of("org_id", state.orgId(), "project_id", state.projectId());
      assertThat(new RightbrainCalls(simulator).get("whoami").at("client")).isEqualTo(here);
      state.switches().whoamiNamesClient(false);
      RightbrainCalls.Reply key = new RightbrainCalls(simulator).get("whoami");
      assertThat(key.text()).contains("\"client\":null").contains("\"name\":\"Ada\"");
      String token = mint(simulator);
      assertThat(new RightbrainCalls(simulator, token).get("whoami").at("client")).isEqualTo(here);
    }
  }

  private static String mint(Simulator simulator) throws IOException {
    RightbrainCalls.Reply minted =
        new RightbrainCalls(simulator)
            .token(RightbrainAccess.CLIENT_ID, RightbrainAccess.CLIENT_SECRET, GRANT);
    assertThat(minted.status()).isEqualTo(200);
    assertThat(minted.at("token_type")).isEqualTo("bearer");
    return (String) minted.at("access_token");
  }

  @Test
  void tokensExpire() throws IOException {
    try (Simulator simulator = start(RightbrainOptions.defaults())) {
      RightbrainAccess access = simulator.rightbrain().access();
      RightbrainCalls first = new RightbrainCalls(simulator, mint(simulator));
      assertThat(first.project("task").status()).isEqualTo(200);
      access.expireTokens();
      assertThat(first.project("task").status()).isEqualTo(401);

      access.tokenLifetime(Duration.ZERO);
      RightbrainCalls second = new RightbrainCalls(simulator, mint(simulator));
      assertThat(second.project("task").status()).isEqualTo(401);
      access.tokenLifetime(Duration.ofMinutes(2));
      RightbrainCalls.Reply third =
          second.token(RightbrainAccess.CLIENT_ID, RightbrainAccess.CLIENT_SECRET, GRANT);
      assertThat(third.at("expires_in")).isEqualTo(120.0);
      assertThat(access.tokensMinted()).isEqualTo(3);
    }
  }

  @Test
  void refusesClientsAsHydraDoes() throws IOException {
    try (Simulator simulator = start(RightbrainOptions.defaults())) {
      RightbrainCalls calls = new RightbrainCalls(simulator);
      RightbrainCalls.Reply wrong = calls.token(RightbrainAccess.CLIENT_ID, "wrong", GRANT);
      assertThat(wrong.status()).isEqualTo(401);
      assertThat(wrong.at("error")).isEqualTo("invalid_client");
      RightbrainCalls.Reply grant =
          calls.token(RightbrainAccess.CLIENT_ID, RightbrainAccess.CLIENT_SECRET, "password");
      assertThat(grant.status()).isEqualTo(400);
      assertThat(grant.at("error")).isEqualTo("unsupported_grant_type");
      RightbrainCalls.Reply bare =
          calls.send(
              new Request.Builder()
                  .url(simulator.rightbrainTokenUrl())
                  .post(new FormBody.Builder().add("grant_type", GRANT).build())
                  .build());
      assertThat(bare.status()).isEqualTo(401);
      assertThat(simulator.rightbrain().access().tokensMinted()).isZero();
    }
  }

  @Test
  void aSecretIsFormEncodedBeforeItBecomesBasic() throws IOException {
    try (Simulator simulator = start(RightbrainOptions.defaults())) {
      simulator.rightbrain().access().acceptClient("me", "a b:c%");
      RightbrainCalls calls = new RightbrainCalls(simulator);
      assertThat(calls.token("me", "a+b%3Ac%25", GRANT).status()).isEqualTo(200);
      assertThat(calls.token("me", "a b:c%", GRANT).status()).isEqualTo(401);
    }
  }

  @Test
  void theGatewayTurnsStrangersAway() throws IOException {
    try (Simulator simulator = start(RightbrainOptions.defaults())) {
      RightbrainCalls.Reply reply = new RightbrainCalls(simulator, "wrong").get("nowhere");
      assertThat(reply.status()).isEqualTo(401);
      assertThat(reply.at("error", "code")).isEqualTo(401.0);
      assertThat(reply.at("error", "message")).isEqualTo("Access credentials are invalid");
      RightbrainCalls calls = new RightbrainCalls(simulator);
      assertThat(calls.get("whoami").status()).isEqualTo(200);
      simulator.rightbrain().access().revokeKey(RightbrainOptions.KEY);
      assertThat(calls.get("whoami").status()).isEqualTo(401);
    }
  }

  @Test
  void listsOrganizationsAndProjects() throws IOException {
    try (Simulator simulator = start(RightbrainOptions.defaults())) {
      RightbrainState state = simulator.rightbrain();
      RightbrainCalls calls = new RightbrainCalls(simulator);
      assertThat(ids(calls.get("org"))).containsExactly(state.orgId());
      assertThat(ids(calls.get("org/" + state.orgId() + "/project")))
          .containsExactly(state.projectId());
      assertThat(calls.get("org", "membership", "joinable").results()).isEmpty();
      assertThat(calls.get("org/" + state.orgId()).at("id")).isEqualTo(state.orgId());
      String project = "org/" + state.orgId() + "/project/" + state.projectId();
      assertThat(calls.get(project).at("org_id")).isEqualTo(state.orgId());
    }
  }

  @Test
  void otherOrganizationsAndProjectsAreListedAndForeign() throws IOException {
    RightbrainOptions several = RightbrainOptions.builder().organizations(2).projects(3).build();
    try (Simulator simulator = start(several)) {
      RightbrainCalls calls = new RightbrainCalls(simulator);
      List<String> orgs = ids(calls.get("org"));
      assertThat(orgs).hasSize(2);
      List<String> projects = ids(calls.get("org/" + orgs.get(0) + "/project", "page_limit", "2"));
      assertThat(projects).hasSize(2);
      RightbrainCalls.Reply foreign =
          calls.get("org/" + orgs.get(0) + "/project/" + projects.get(1) + "/task");
      assertThat(foreign.status()).isEqualTo(403);
      assertThat(foreign.at("detail", "reason")).isEqualTo("PERMISSION_CHECK_FAILED");
      assertThat(foreign.at("detail", "permissionCheckFailedError", "permission"))
          .isEqualTo("project:view");
    }
  }

  private static List<String> ids(RightbrainCalls.Reply page) throws IOException {
    return page.results().stream().map(item -> (String) item.get("id")).toList();
  }
}
