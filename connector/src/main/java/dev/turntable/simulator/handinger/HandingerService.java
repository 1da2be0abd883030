package dev.turntable.simulator.handinger;

import dev.turntable.simulator.server.Answer;
import dev.turntable.simulator.server.JsonBody;
import dev.turntable.simulator.server.Refusal;
import dev.turntable.simulator.server.ServiceRequest;
import dev.turntable.simulator.server.SimulatedService;

/** Handinger's published API: who may ask, and which path is which operation. */
public final class HandingerService implements SimulatedService {
  /** Its name. */
  public static final String NAME = "handinger";

  private final HandingerState state;
  private final HandingerTasksApi tasks;
  private final HandingerWorkersApi workers;

  /** Serves these data. */
  public HandingerService(HandingerState state) {
    this.state = state;
    this.tasks = new HandingerTasksApi(state);
    this.workers = new HandingerWorkersApi(state);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Answer handle(ServiceRequest request) throws InterruptedException {
    try {
      boolean creator = HandingerAccess.isCreator(state, request);
      int depth = request.segments().size();
      if (depth < 2 || !request.segment(0).equals("api") || request.segments().contains("")) {
        throw HandingerAccess.unknownPath();
      }
      return Answer.json(
          200,
          switch (request.segment(1)) {
            case "tasks" -> tasks.handle(request, creator);
            case "workers" -> workers.handle(request, creator);
            default -> throw HandingerAccess.unknownPath();
          });
    } catch (Refusal refusal) {
      return Answer.json(refusal.status(), JsonBody.member("error", refusal.words()));
    }
  }
}
