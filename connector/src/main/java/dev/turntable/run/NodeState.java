package dev.turntable.run;

/** What a node keeps from one opening to the next while one statement runs. */
interface NodeState {
  /** Gives up what is kept. */
  void close();
}
