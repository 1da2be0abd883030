package dev.turntable.simulator.rightbrain;

import dev.turntable.simulator.server.Answer;
import dev.turntable.simulator.server.ServiceRequest;
import java.util.List;

/** Rightbrain's published API as far as tasks go: who may ask, and which path is which operation. */
final class RightbrainRoutes {
  private final RightbrainState state;
  private final RightbrainOAuth oauth;
  private final RightbrainTenantsApi tenants;
  private final RightbrainTasksApi tasks;
  private final RightbrainRunsApi runs;
  private final RightbrainRunApi run;
  private final RightbrainReportsApi reports;

  RightbrainRoutes(RightbrainState state, boolean oldRecords) {
    this.state = state;
    RightbrainRunJson json = new RightbrainRunJson(state, oldRecords);
    this.oauth = new RightbrainOAuth(state.access());
    this.tenants = new RightbrainTenantsApi(state);
    this.tasks = new RightbrainTasksApi(state);
    this.runs = new RightbrainRunsApi(state, json);
    this.run = new RightbrainRunApi(state, json);
    this.reports = new RightbrainReportsApi(state);
  }

  RightbrainState state() {
    return state;
  }

  Answer handle(ServiceRequest request) throws InterruptedException {
    List<String> path = request.segments();
    if (path.equals(List.of("oauth2", "token"))) {
      return oauth.handle(request);
    }
    try {
      RightbrainAccess.Caller caller = state.access().caller(request);
      if (path.size() < 3 || !path.get(0).equals("api") || !path.get(1).equals("v1")) {
        throw RightbrainRefusal.unknownPath();
      }
      List<String> rest = path.subList(2, path.size());
      if (rest.equals(List.of("whoami"))) {
        return get(request, tenants.whoami(caller));
      }
      if (rest.get(0).equals("org")) {
        return org(request, rest.subList(1, rest.size()));
      }
      throw RightbrainRefusal.unknownPath();
    } catch (RightbrainRefusal refusal) {
      return refusal.answer();
    }
  }

  private Answer org(ServiceRequest request, List<String> path) throws InterruptedException {
    if (path.isEmpty()) {
      return get(request, tenants.orgs(request));
    }
    String org = id("org_id", path.get(0));
    if (!state.tenants().orgs().contains(org)) {
      throw RightbrainRefusal.forbidden("organization:view");
    }
    if (path.size() == 1) {
      return get(request, tenants.org(org));
    }
    if (!path.get(1).equals("project")) {
      throw RightbrainRefusal.unknownPath();
    }
    if (path.size() == 2) {
      return get(request, tenants.projects(request, org));
    }
    String project = id("project_id", path.get(2));
    if (!org.equals(state.orgId()) || !project.equals(state.projectId())) {
      throw RightbrainRefusal.forbidden("project:view");
    }
    return project(request, path.subList(3, path.size()));
  }

  private Answer project(ServiceRequest request, List<String> path) throws InterruptedException {
    if (path.isEmpty()) {
      return get(request, tenants.project());
    }
    if (path.equals(List.of("task_run"))) {
      return get(request, runs.ofProject(request));
    }
    if (!path.get(0).equals("task")) {
      throw RightbrainRefusal.unknownPath();
    }
    if (path.size() == 1) {
      return get(request, tasks.list(request));
    }
    String id = id("task_id", path.get(1));
    if (path.size() == 4 && path.get(2).equals("run")) {
      String runId = id("task_run_id", path.get(3));
      return get(request, runs.one(task(id), runId));
    }
    if (path.size() == 2) {
      if (request.method().equals("DELETE")) {
        // It would take the task's runs along; no client of the simulator has a reason to.
        throw RightbrainRefusal.forbidden("task:edit");
      }
      return get(request, tasks.one(request, task(id)));
    }
    if (path.size() != 3) {
      throw RightbrainRefusal.unknownPath();
    }
    if (path.get(2).equals("run")) {
      return request.method().equals("POST")
          ? run.run(request, task(id))
          : get(request, runs.ofTask(request, task(id)));
    }
    return get(request, reports.report(request, task(id), path.get(2)));
  }

  private RightbrainTask task(String id) {
    return state.findTask(id).orElseThrow(() -> RightbrainRefusal.notFound("Task", id));
  }

  private static String id(String field, String value) {
    if (!RightbrainIds.isUuid(value)) {
      throw RightbrainRefusal.malformed(field, value);
    }
    return RightbrainIds.normal(value);
  }

  private static Answer get(ServiceRequest request, byte[] body) {
    if (!request.method().equals("GET")) {
      throw RightbrainRefusal.plain(405, "Method Not Allowed");
    }
    return Answer.json(200, body);
  }
}
