package dev.turntable.simulator;

import org.jspecify.annotations.Nullable;

/**
 * Rightbrain on its server. Its data are made with the first request or when they are asked for, so
 * that whoever needs only the other service does not wait for them.
 */
final class RightbrainService implements SimulatedService {
  static final String NAME = "rightbrain";

  /** Where the API begins; {@code /oauth2/token} lies beside it, at the real service elsewhere. */
  static final String BASE = "/api/v1";

  private final SimulatorOptions options;
  private final long beginNanos = System.nanoTime();
  private @Nullable RightbrainRoutes made;

  RightbrainService(SimulatorOptions options) {
    this.options = options;
  }

  private synchronized RightbrainRoutes routes() {
    RightbrainRoutes routes = made;
    if (routes == null) {
      RightbrainState state =
          new RightbrainState(options.rightbrain, options.seed, options.now, beginNanos);
      routes = new RightbrainRoutes(state, options.rightbrain.oldRecords);
      made = routes;
    }
    return routes;
  }

  RightbrainState state() {
    return routes().state();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String basePath() {
    return BASE;
  }

  @Override
  public Answer handle(ServiceRequest request) throws InterruptedException {
    return routes().handle(request);
  }
}
