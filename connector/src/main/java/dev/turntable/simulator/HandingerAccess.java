package dev.turntable.simulator;

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
}
