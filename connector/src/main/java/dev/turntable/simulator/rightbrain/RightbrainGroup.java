package dev.turntable.simulator.rightbrain;

import dev.turntable.simulator.server.JsonOut;

/**
 * A reporting group.
 *
 * @param created microseconds since 1970
 */
record RightbrainGroup(String id, String projectId, String name, long created) {

  void write(JsonOut out) {
    out.beginObject();
    out.name("id").value(id);
    out.name("project_id").value(projectId);
    out.name("name").value(name);
    out.name("created").value(RightbrainTimes.stamp(created));
    out.name("modified").value(RightbrainTimes.stamp(created));
    out.endObject();
  }
}
