package dev.turntable.simulator;

/** Handinger's published API: who may ask, and which path is which operation. */
final class HandingerService implements SimulatedService {
  static final String NAME = "handinger";

  private final HandingerState state;
  private final HandingerTasksApi tasks;
  private final HandingerWorkersApi workers;

  HandingerService(HandingerState state) {
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
        throw unknownPath();
      }
      return Answer.json(
          200,
          switch (request.segment(1)) {
            case "tasks" -> tasks.handle(request, creator);
            case "workers" -> workers.handle(request, creator);
            default -> throw unknownPath();
          });
    } catch (Refusal refusal) {
      return Answer.json(refusal.status(), Json.member("error", refusal.words()));
    }
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
