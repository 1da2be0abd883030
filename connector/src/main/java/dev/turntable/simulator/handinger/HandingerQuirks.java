package dev.turntable.simulator.handinger;

/**
 * Oddities of a task's answer that a client must tolerate.
 *
 * @param decimals {@code 42.0} for 42
 * @param extraFields members that no document knows
 * @param shuffledTurns turns in another order than that of seq
 * @param omitsNulls members that are null are left out
 */
record HandingerQuirks(
    boolean decimals, boolean extraFields, boolean shuffledTurns, boolean omitsNulls) {

  static final HandingerQuirks NONE = new HandingerQuirks(false, false, false, false);

  /** Every oddity is on some task among any ten, mostly alone. */
  static HandingerQuirks of(int index) {
    return new HandingerQuirks(index % 7 == 3, index % 5 == 2, index % 6 == 4, index % 9 == 7);
  }
}
