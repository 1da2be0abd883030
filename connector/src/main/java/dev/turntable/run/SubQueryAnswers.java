package dev.turntable.run;

import dev.turntable.source.MemoryBudget;
import dev.turntable.source.ValueSize;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers of a sub-query that may be wanted again; the longest unused ones are given up. */
final class SubQueryAnswers<A> implements NodeState {
  /** They take at most so small a part of the memory that all statements share. */
  private static final int PART = 8;

  private static final int ENTRY = 128;

  private final Execution execution;
  private final Map<Tuple, Answer<A>> answers = new LinkedHashMap<>(16, 0.75f, true);
  private final long maxBytes;
  private long bytes;

  private record Answer<A>(A value, long bytes) {}

  SubQueryAnswers(Execution execution) {
    this(execution, mostBytes());
  }

  SubQueryAnswers(Execution execution, long maxBytes) {
    this.execution = execution;
    this.maxBytes = maxBytes;
  }

  /** Returns how many bytes those of one sub-query may take. */
  static long mostBytes() {
    return MemoryBudget.shared().size() / PART;
  }

  /** Returns how many bytes all of them may take. */
  long maxBytes() {
    return maxBytes;
  }

  boolean has(Tuple tuple) {
    return answers.containsKey(tuple);
  }

  @Nullable A get(Tuple tuple) {
    Answer<A> answer = answers.get(tuple);
    return answer == null ? null : answer.value();
  }

  /**
   * Keeps an answer, unless there is no room: the sub-query can be asked again.
   *
   * @param size about how many bytes it takes
   */
  void put(Tuple tuple, A value, long size) {
    long counted = ENTRY + ValueSize.ofRow(tuple.values()) + size;
    if (counted > maxBytes || answers.containsKey(tuple)) {
      return;
    }
    Iterator<Answer<A>> oldest = answers.values().iterator();
    while (bytes + counted > maxBytes) {
      forget(oldest);
    }
    while (!execution.scope().memory().tryTake(counted)) {
      if (!oldest.hasNext()) {
        return;
      }
      forget(oldest);
    }
    answers.put(tuple, new Answer<>(value, counted));
    bytes += counted;
  }

  private void forget(Iterator<Answer<A>> oldest) {
    Answer<A> given = oldest.next();
    oldest.remove();
    bytes -= given.bytes();
    execution.scope().memory().give(given.bytes());
  }

  @Override
  public void close() {
    answers.clear();
    execution.scope().memory().give(bytes);
    bytes = 0;
  }
}
