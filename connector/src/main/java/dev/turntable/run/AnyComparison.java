package dev.turntable.run;

import dev.turntable.source.ValueSize;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a comparison of an outer row with any row of a sub-query is true: TRUE if one is, else
 * unknown if one is unknown, else FALSE; FALSE of no rows.
 *
 * @param comparison over the outer row followed by an inner one
 * @param keys the equalities that the comparison consists of, if it is equality and can be looked up;
 *     else none
 */
public record AnyComparison(Scalar comparison, JoinKeys keys)
    implements SubQueryColumn.Value<AnyComparison.Members> {

  /**
   * The distinct rows of a sub-query.
   *
   * @param known the keys of the rows without nulls, if they can be looked up
   * @param others the rows that must be compared one by one
   * @param all all of them
   * @param bytes about what they take in memory
   */
  public record Members(
      Set<Key> known, List<@Nullable Object[]> others, List<@Nullable Object[]> all, long bytes) {}

  /** The entry of a row among the distinct ones, and its key. */
  private static final int ENTRY = 160;

  @Override
  public Members read(Operator run, Execution execution) {
    boolean looksUp = !keys.right().isEmpty();
    Set<Key> known = new HashSet<>();
    Set<Tuple> distinct = new LinkedHashSet<>();
    List<@Nullable Object[]> others = new ArrayList<>();
    long bytes = 0;
    MemoryTracker held = new MemoryTracker(execution, "a sub-query");
    for (Object[] row = run.next(); row != null; row = run.next()) {
      if (!distinct.add(new Tuple(row))) {
        held.tick();
        continue;
      }
      long size = ENTRY + ValueSize.ofRow(row);
      held.add(size);
      bytes += size;
      Key key = looksUp ? keys.key(keys.right(), row, execution) : null;
      if (key == null) {
        others.add(row);
      } else {
        known.add(key);
      }
    }
    held.releaseAll(); // from here on they count as an answer
    return new Members(known, others, distinct.stream().map(Tuple::values).toList(), bytes);
  }

  @Override
  public long size(Members answer) {
    return answer.bytes();
  }

  @Override
  public @Nullable Object of(Members answer, @Nullable Object[] outerRow, Execution execution) {
    if (answer.all().isEmpty()) {
      return false;
    }
    Key key = keys.left().isEmpty() ? null : keys.key(keys.left(), outerRow, execution);
    if (key != null && answer.known().contains(key)) {
      return true;
    }
    return any(key == null ? answer.all() : answer.others(), outerRow, execution);
  }

  private @Nullable Boolean any(
      List<@Nullable Object[]> rows, @Nullable Object[] outerRow, Execution execution) {
    boolean unknown = false;
    @Nullable Object[] both = null;
    for (Object[] row : rows) {
      execution.check();
      if (both == null) {
        both = Arrays.copyOf(outerRow, outerRow.length + row.length);
      }
      System.arraycopy(row, 0, both, outerRow.length, row.length);
      Object result = comparison.eval(both, execution);
      if (Boolean.TRUE.equals(result)) {
        return true;
      }
      unknown |= result == null;
    }
    return unknown ? null : (Boolean) false;
  }
}
