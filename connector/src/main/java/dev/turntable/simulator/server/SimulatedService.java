package dev.turntable.simulator.server;

/**
 * One simulated service. It answers below the root of a server of its own, so that paths, and what
 * happens at wrong ones, are as at the real service.
 */
public interface SimulatedService {

  /** Names the service in the request log and picks its URL, for example {@code handinger}. */
  String name();

  /** Where on its server the service's base URL points; empty for the root. */
  default String basePath() {
    return "";
  }

  /** Authenticates, acts and answers; may block as long as the real service would. */
  Answer handle(ServiceRequest request) throws InterruptedException;
}
