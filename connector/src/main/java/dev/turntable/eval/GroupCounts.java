package dev.turntable.eval;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.apache.calcite.rel.core.Window;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexWindowBound;
import org.jspecify.annotations.Nullable;

/**
 * {@code GROUPS 2 PRECEDING}: a frame that counts groups of peers. Calcite knows frames of ROWS and of
 * RANGE only; so such a frame travels through it as one of ROWS, with a mark on the numbers that no
 * frame of rows can have.
 */
public final class GroupCounts {
  /** More rows than any window has, and still far from the end of a BIGINT. */
  private static final BigInteger MARK = BigInteger.ONE.shiftLeft(62);

  /** Counts above this are all the same: no window has so many groups. */
  private static final BigInteger MOST = BigInteger.ONE.shiftLeft(61);

  private GroupCounts() {}

  /** Returns whether a number is one that can count groups: digits only. */
  public static boolean isCount(String number) {
    return number.chars().allMatch(digit -> digit >= '0' && digit <= '9');
  }

  /** Returns the number of groups as a number of rows that says so. */
  public static String marked(String count) {
    return MARK.add(new BigInteger(count).min(MOST)).toString();
  }

  /** Returns whether a group's frame counts groups of peers. */
  public static boolean in(Window window, Window.Group group) {
    return group.isRows
        && (isMarked(constant(window, group.lowerBound))
            || isMarked(constant(window, group.upperBound)));
  }

  /** Returns whether an offset counts groups of peers. */
  public static boolean isMarked(@Nullable RexNode offset) {
    return offset instanceof RexLiteral literal
        && literal.getValue() instanceof BigDecimal number
        && number.toBigInteger().compareTo(MARK) >= 0;
  }

  /** Returns how many groups a marked number stands for. */
  public static long count(RexNode marked) {
    BigDecimal number = RexLiteral.bigDecimalValue(marked);
    return number.toBigInteger().subtract(MARK).longValueExact();
  }

  /** Returns the offset of a bound, or null if it has none. */
  static @Nullable RexNode constant(Window window, RexWindowBound bound) {
    RexNode offset = bound.getOffset();
    return offset == null ? null : WindowCompiler.constantOr(window, offset);
  }
}
