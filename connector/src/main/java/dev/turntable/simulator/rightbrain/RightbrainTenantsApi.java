package dev.turntable.simulator.rightbrain;

import dev.turntable.simulator.server.JsonBody;
import dev.turntable.simulator.server.JsonOut;
import dev.turntable.simulator.server.ServiceRequest;
import java.util.List;
import java.util.Optional;

/** Who is asking, and in which organizations and projects. */
final class RightbrainTenantsApi {
  private final RightbrainState state;

  RightbrainTenantsApi(RightbrainState state) {
    this.state = state;
  }

  byte[] whoami(RightbrainAccess.Caller caller) {
    boolean client =
        caller == RightbrainAccess.Caller.CLIENT || state.switches().whoamiNamesClient();
    return JsonBody.bytes(
        out -> {
          out.beginObject();
          out.name("id").value(state.tenants().users().get(0));
          out.name("email").value("ada@example.com");
          out.name("name").value(caller == RightbrainAccess.Caller.KEY ? "Ada" : null);
          out.name("client");
          if (client) {
            out.beginObject();
            out.name("org_id").value(state.orgId());
            out.name("project_id").value(state.projectId());
            out.endObject();
          } else {
            out.nullValue();
          }
          out.endObject();
        });
  }

  byte[] orgs(ServiceRequest request) {
    RightbrainQuery query = new RightbrainQuery(request, state.switches());
    int limit = query.pageLimit();
    Optional<String> cursor = query.uuid("cursor");
    String membership =
        query
            .choice(
                "membership",
                List.of("active", "joinable", "joinable_by_domain", "joinable_by_invite"))
            .orElse("active");
    query.check();
    List<String> orgs = membership.equals("active") ? state.tenants().orgs() : List.of();
    return RightbrainPages.of(orgs, id -> id, this::org, state.switches(), cursor, limit);
  }

  byte[] org(String id) {
    return JsonBody.bytes(out -> org(out, id));
  }

  private void org(JsonOut out, String id) {
    out.beginObject();
    out.name("id").value(id);
    out.name("name").value("Organization " + (state.tenants().orgs().indexOf(id) + 1));
    out.name("contact_email").value("office@example.com");
    out.name("avatar_url").nullValue();
    out.name("plan").value("pro");
    out.name("plan_status").value("active");
    out.endObject();
  }

  byte[] projects(ServiceRequest request, String orgId) {
    RightbrainQuery query = new RightbrainQuery(request, state.switches());
    int limit = query.pageLimit();
    Optional<String> cursor = query.uuid("cursor");
    query.check();
    return RightbrainPages.of(
        state.tenants().projectsOf(orgId),
        RightbrainTenants.Project::id,
        RightbrainTenantsApi::project,
        state.switches(),
        cursor,
        limit);
  }

  byte[] project() {
    return JsonBody.bytes(out -> project(out, state.tenants().projectsOf(state.orgId()).get(0)));
  }

  private static void project(JsonOut out, RightbrainTenants.Project project) {
    out.beginObject();
    out.name("id").value(project.id());
    out.name("org_id").value(project.orgId());
    out.name("name").value(project.name());
    out.name("avatar_url").nullValue();
    out.endObject();
  }
}
