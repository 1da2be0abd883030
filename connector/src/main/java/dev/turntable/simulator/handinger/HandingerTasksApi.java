package dev.turntable.simulator.handinger;

import dev.turntable.simulator.server.JsonBody;
import dev.turntable.simulator.server.JsonOut;
import dev.turntable.simulator.server.ServiceRequest;

/** The operations below {@code /api/tasks}. An archived task can still be read and archived. */
final class HandingerTasksApi {
  private final HandingerState state;
  private final HandingerRuns runs;

  HandingerTasksApi(HandingerState state) {
    this.state = state;
    this.runs = new HandingerRuns(state);
  }

  byte[] handle(ServiceRequest request, boolean creator) throws InterruptedException {
    return switch (request.method() + " " + request.segments().size()) {
      case "POST 2" -> {
        HandingerTask done = runs.run(HandingerBody.of(request));
        yield JsonBody.bytes(
            out -> HandingerRunJson.run(out, done.workerId(), done, state.shape()));
      }
      case "GET 3" -> {
        HandingerTaskState task = HandingerAccess.task(state, request.segment(2));
        yield JsonBody.bytes(out -> task(out, task));
      }
      case "DELETE 3" -> {
        HandingerAccess.requireCreator(creator);
        HandingerAccess.task(state, request.segment(2)).archive();
        yield JsonBody.bytes(out -> out.beginObject().name("archived").value(true).endObject());
      }
      case "GET 4" -> {
        if (!request.segment(3).equals("turns") || state.shape() != HandingerState.Shape.NEW) {
          throw HandingerAccess.unknownPath();
        }
        HandingerTaskState task = HandingerAccess.task(state, request.segment(2));
        yield JsonBody.bytes(out -> turns(out, task));
      }
      default -> throw HandingerAccess.unknownPath();
    };
  }

  private void task(JsonOut out, HandingerTaskState slot) {
    HandingerTask task = slot.task().orElseThrow();
    out.beginObject();
    HandingerJson.task(out.name("task"), task, slot.quirks());
    if (state.shape() == HandingerState.Shape.LEGACY) {
      HandingerJson.turns(out.name("turns"), task, slot.quirks());
    }
    out.endObject();
  }

  private static void turns(JsonOut out, HandingerTaskState slot) {
    HandingerTask task = slot.task().orElseThrow();
    out.beginObject();
    out.name("taskId").value(task.id());
    HandingerJson.turns(out.name("items"), task, slot.quirks());
    out.endObject();
  }
}
