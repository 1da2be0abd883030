package dev.turntable.simulator.rightbrain;

import dev.turntable.simulator.server.Dice;
import java.util.ArrayList;
import java.util.List;

/** Organizations, projects, people and reporting groups. Only the first project holds anything. */
final class RightbrainTenants {
  /** A project of an organization. */
  record Project(String id, String orgId, String name) {}

  private final List<String> orgs = new ArrayList<>();
  private final List<Project> projects = new ArrayList<>();
  private final List<String> users = new ArrayList<>();
  private final List<RightbrainGroup> groups = new ArrayList<>();
  private final long seed;
  private final long begin;

  RightbrainTenants(RightbrainOptions options, long seed, long begin) {
    this.seed = seed;
    this.begin = begin;
    for (int i = 0; i < options.organizations; i++) {
      orgs.add(id("org", i));
      int count = i == 0 ? options.projects : 1;
      for (int j = 0; j < count; j++) {
        projects.add(new Project(id("project " + i, j), orgs.get(i), "Project " + (j + 1)));
      }
    }
    for (int i = 0; i < 3; i++) {
      users.add(id("user", i));
    }
    for (String name : List.of("Finance", "Support", "Pilot 2026")) {
      groups.add(new RightbrainGroup(id("group", groups.size()), projectId(), name, begin));
    }
  }

  private String id(String kind, int index) {
    return RightbrainIds.ulid(
        begin / 1000 - 60 * 60_000 + index, new Dice(seed, "rb " + kind, index));
  }

  String orgId() {
    return orgs.get(0);
  }

  String projectId() {
    return projects.get(0).id();
  }

  List<String> orgs() {
    return orgs;
  }

  List<Project> projectsOf(String orgId) {
    return projects.stream().filter(project -> project.orgId().equals(orgId)).toList();
  }

  List<String> users() {
    return users;
  }

  List<RightbrainGroup> groups() {
    return List.copyOf(groups);
  }
}
