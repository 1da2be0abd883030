package dev.turntable.plan.join;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.mapping.IntPair;

/** A join condition, and the plain columns of the left and the right side that it equates. */
public final class JoinTerms {
  final List<Integer> leftKeys = new ArrayList<>();
  public final List<Integer> rightKeys = new ArrayList<>();
  public final List<RexNode> terms = new ArrayList<>();
  private final int leftWidth;

  public JoinTerms(int leftWidth) {
    this.leftWidth = leftWidth;
  }

  public void add(RexNode term) {
    terms.add(term);
    if (term.getKind() == SqlKind.EQUALS
        && ((RexCall) term).getOperands().get(0) instanceof RexInputRef a
        && ((RexCall) term).getOperands().get(1) instanceof RexInputRef b
        && a.getType().getSqlTypeName() == b.getType().getSqlTypeName()
        && a.getIndex() < leftWidth != b.getIndex() < leftWidth) {
      boolean ordered = a.getIndex() < leftWidth;
      leftKeys.add(ordered ? a.getIndex() : b.getIndex());
      rightKeys.add((ordered ? b.getIndex() : a.getIndex()) - leftWidth);
    }
  }

  /** Returns for each keyed column of the right the column of the left that gives its keys. */
  public Map<Integer, Integer> keysFor(Set<Integer> keyed) {
    Map<Integer, Integer> keys = new LinkedHashMap<>();
    for (int i = 0; i < rightKeys.size(); i++) {
      if (keyed.contains(rightKeys.get(i))) {
        keys.putIfAbsent(rightKeys.get(i), leftKeys.get(i));
      }
    }
    return keys;
  }

  /** Returns the columns that are equated, as positions in a left row followed by a right one. */
  public List<IntPair> equalities() {
    List<IntPair> equalities = new ArrayList<>();
    for (int i = 0; i < leftKeys.size(); i++) {
      equalities.add(IntPair.of(leftKeys.get(i), leftWidth + rightKeys.get(i)));
    }
    return equalities;
  }
}
