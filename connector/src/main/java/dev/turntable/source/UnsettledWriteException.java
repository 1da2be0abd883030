package dev.turntable.source;

import java.util.Set;

/** A write of unknown outcome, with the ids that were there before it. */
public final class UnsettledWriteException extends TurntableException {
  private static final long serialVersionUID = 1L;

  private final transient Set<String> earlier;

  /**
   * @param unsettled what is thrown where they are not known
   * @param earlier all ids of the same parent
   */
  public UnsettledWriteException(TurntableException unsettled, Set<String> earlier) {
    super(unsettled.kind(), String.valueOf(unsettled.getMessage()), unsettled);
    this.earlier = Set.copyOf(earlier);
  }

  /** Returns all ids of the same parent that were there before. */
  public Set<String> earlier() {
    return earlier;
  }
}
