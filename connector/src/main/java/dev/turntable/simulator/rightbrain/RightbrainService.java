package dev.turntable.simulator.rightbrain;

import dev.turntable.simulator.server.Answer;
import dev.turntable.simulator.server.ServiceRequest;
import dev.turntable.simulator.server.SimulatedService;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Rightbrain on its server. Its data are made with the first request or when they are asked for, so
 * that a client of the other service alone does not wait for them.
 */
public final class RightbrainService implements SimulatedService {
  /** Its name. */
  public static final String NAME = "rightbrain";

  /** Where the API begins; {@code /oauth2/token} lies beside it, at the real service elsewhere. */
  public static final String BASE = "/api/v1";

  private final RightbrainOptions options;
  private final long seed;
  private final Instant now;
  private final long beginNanos = System.nanoTime();
  private @Nullable RightbrainRoutes made;

  /**
   * Will make its data.
   *
   * @param now the moment at which its clock starts
   */
  public RightbrainService(RightbrainOptions options, long seed, Instant now) {
    this.options = options;
    this.seed = seed;
    this.now = now;
  }

  private synchronized RightbrainRoutes routes() {
    RightbrainRoutes routes = made;
    if (routes == null) {
      RightbrainState state = new RightbrainState(options, seed, now, beginNanos);
      routes = new RightbrainRoutes(state, options.oldRecords);
      made = routes;
    }
    return routes;
  }

  /** Its data and switches. */
  public RightbrainState state() {
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
