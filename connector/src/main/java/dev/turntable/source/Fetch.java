package dev.turntable.source;

/**
 * One step of reading: usually one request, answered by a page of rows and the steps that follow it.
 *
 * <p>Steps that are known at the same time may run in parallel, on any thread; the rows keep the
 * order of the steps. A step runs at most once.
 */
@FunctionalInterface
public interface Fetch<T> {
  /**
   * Sends what is to be sent and waits for it.
   *
   * @throws TurntableException if the rows cannot be had; never a page that is silently cut
   */
  Page<T> fetch(StatementScope scope);
}
