package dev.turntable.run;

/** Which rows a join returns. */
public enum JoinType {
  /** Pairs that match. */
  INNER,
  /** Pairs that match, and left rows without match. */
  LEFT,
  /** Pairs that match, and right rows without match. */
  RIGHT,
  /** Pairs that match, and rows of both sides without match. */
  FULL,
  /** Left rows with a match, each once. */
  SEMI,
  /** Left rows without match. */
  ANTI;

  boolean keepsLeft() {
    return this == LEFT || this == FULL;
  }

  boolean keepsRight() {
    return this == RIGHT || this == FULL;
  }

  /** Whether a row of the result is a row of the left side. */
  boolean leftOnly() {
    return this == SEMI || this == ANTI;
  }
}
