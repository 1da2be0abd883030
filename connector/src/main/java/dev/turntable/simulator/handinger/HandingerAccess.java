package dev.turntable.simulator.handinger;

import dev.turntable.simulator.server.Refusal;
import dev.turntable.simulator.server.ServiceRequest;

/** Finds what a request names, or refuses as the service does: 403 foreign, 404 unknown. */
final class HandingerAccess {
  private HandingerAccess() {}

  static HandingerWorker worker(HandingerState state, String id) {
    if (id.equals(HandingerState.FOREIGN_WORKER)) {
      throw new Refusal(403, "No access to this worker");
    }
    return state.findWorker(id).orElseThrow(() -> new Refusal(404, "Worker not found"));
  }

  static HandingerTaskState task(HandingerState state, String id) {
    if (id.equals(HandingerState.FOREIGN_TASK)) {
      throw new Refusal(403, "No access to this task");
    }
    return state
        .taskState(id)
        .filter(task -> task.task().isPresent())
        .orElseThrow(() -> new Refusal(404, "Task not found"));
  }

  /** The key's role, or 401. */
  static boolean isCreator(HandingerState state, ServiceRequest request) {
    String key =
        request
            .bearer()
            .orElseThrow(() -> new Refusal(401, "Missing or malformed Authorization header"));
    if (state.isCreatorKey(key)) {
      return true;
    }
    if (state.isMemberKey(key)) {
      return false;
    }
    throw new Refusal(401, "Invalid API key");
  }

  /** Also for a method that a known path does not offer, as the reference suggests. */
  static Refusal unknownPath() {
    return new Refusal(404, "Not found");
  }

  static void requireCreator(boolean creator) {
    if (!creator) {
      throw new Refusal(403, "Only the creator of the worker may do this");
    }
  }
}
