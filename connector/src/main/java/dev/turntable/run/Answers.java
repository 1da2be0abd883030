package dev.turntable.run;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers of a sub-query that may be wanted again; the longest unused ones are given up. */
final class Answers<A> implements Kept {
  /** How many rows the answers may have, each counted as one more. */
  static final int MAX_ROWS = 100_000;

  private final Execution execution;
  private final Map<Tuple, Answer<A>> answers = new LinkedHashMap<>(16, 0.75f, true);
  private long rows;

  private record Answer<A>(A value, long rows) {}

  Answers(Execution execution) {
    this.execution = execution;
  }

  boolean has(Tuple tuple) {
    return answers.containsKey(tuple);
  }

  @Nullable A get(Tuple tuple) {
    Answer<A> answer = answers.get(tuple);
    return answer == null ? null : answer.value();
  }

  /**
   * Keeps an answer, unless it is too large.
   *
   * @param size how many rows it holds
   */
  void put(Tuple tuple, A value, long size) {
    long counted = size + 1;
    if (counted > MAX_ROWS || answers.containsKey(tuple)) {
      return;
    }
    execution.hold(counted);
    answers.put(tuple, new Answer<>(value, counted));
    rows += counted;
    Iterator<Answer<A>> oldest = answers.values().iterator();
    while (rows > MAX_ROWS) {
      Answer<A> given = oldest.next();
      oldest.remove();
      rows -= given.rows();
      execution.release(given.rows());
    }
  }

  @Override
  public void close() {
    answers.clear();
    execution.release(rows);
    rows = 0;
  }
}
