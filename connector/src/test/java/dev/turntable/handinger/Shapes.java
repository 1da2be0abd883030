package dev.turntable.handinger;

/** Lets tests of other packages begin where nobody knows the answer shape of a server. */
public final class Shapes {
  private Shapes() {}

  /**
   * Forgets what was learned.
   *
   * @param baseUrl without a slash at its end
   */
  public static void forget(String baseUrl) {
    TurnsEndpointProbe.forget(baseUrl + "/");
  }
}
