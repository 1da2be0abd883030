package dev.turntable.rightbrain;

import dev.turntable.http.Calls;
import dev.turntable.rightbrain.RightbrainJson.Client;
import dev.turntable.rightbrain.RightbrainJson.ListPage;
import dev.turntable.rightbrain.RightbrainJson.Org;
import dev.turntable.rightbrain.RightbrainJson.Project;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.SourceConfig;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * The organization and project of a connection: as configured, else the service is asked when they
 * are first needed. Safe for use by several threads.
 */
final class ProjectScope {
  private final RightbrainApi api;
  private final Calls calls;
  private final @Nullable String configuredOrg;
  private final @Nullable String configuredProject;
  private final Semaphore asking = new Semaphore(1);
  private volatile @Nullable Found found;

  /** Where all requests go. */
  record Found(String org, String project) {}

  /**
   * @throws TurntableException if a property cannot be an id
   */
  ProjectScope(SourceConfig config, RightbrainApi api, Calls calls) {
    this.api = api;
    this.calls = calls.overhead();
    this.configuredOrg = id(config, "orgId");
    this.configuredProject = id(config, "projectId");
    if (configuredOrg != null && configuredProject != null) {
      found = new Found(configuredOrg, configuredProject);
    }
  }

  private static @Nullable String id(SourceConfig config, String property) {
    String value = config.find(property);
    if (value != null && !Ids.isAccepted(value)) {
      throw new TurntableException(
          ErrorKind.BAD_VALUE, "property " + config.source() + "." + property + " must be a UUID");
    }
    return value;
  }

  /** Returns it without asking, or null if it is not known. */
  @Nullable Found known() {
    return found;
  }

  Found find(StatementScope scope) {
    Found known = found;
    if (known != null) {
      return known;
    }
    scope.acquire(asking, () -> Rightbrain.SCHEMA + ": GET /whoami, which another statement sends");
    try {
      known = found;
      if (known == null) {
        known = ask(scope);
        found = known;
      }
      return known;
    } finally {
      asking.release();
    }
  }

  private Found ask(StatementScope scope) {
    Client client = calls.read(scope, Rightbrain.SCHEMA, api.whoami()).client();
    String org = configuredOrg;
    String project = configuredProject;
    if (client != null && (org == null || org.equals(client.orgId()))) {
      org = client.orgId();
      project = project == null ? client.projectId() : project;
    }
    if (org == null) {
      org = only("organization", calls.read(scope, Rightbrain.SCHEMA, api.orgs(2)), Org::id);
    }
    if (project == null) {
      project =
          only("project", calls.read(scope, Rightbrain.SCHEMA, api.projects(org, 2)), Project::id);
    }
    return new Found(org, project);
  }

  private static <T> String only(
      String what, ListPage<T> page, java.util.function.Function<T, String> id) {
    List<T> all = page.results();
    boolean more = page.pagination() != null && Boolean.TRUE.equals(page.pagination().hasNext());
    if (all.size() == 1 && !more) {
      return id.apply(all.get(0));
    }
    throw new TurntableException(
        ErrorKind.BAD_VALUE,
        "rightbrain: the key may use "
            + (all.isEmpty() ? "no " : "more than one ")
            + what
            + "; set the properties rightbrain.orgId and rightbrain.projectId");
  }
}
