package dev.turntable.simulator.server;

/** The service says no: its status and its words; the service makes its own error body of them. */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;

  /** Refuses with a status and words for the reader of the body. */
  public Refusal(int status, String message) {
    super(message, null, false, false);
    this.status = status;
  }

  /** The status of the answer. */
  public int status() {
    return status;
  }

  /** What the service says. */
  public String words() {
    return String.valueOf(getMessage());
  }
}
