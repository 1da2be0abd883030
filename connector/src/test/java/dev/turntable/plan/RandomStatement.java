package dev.turntable.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A whole statement.
 *
 * @param body the statement without the tail
 * @param tail ORDER BY and what limits the rows, or nothing
 * @param order the positions of the columns that it is ordered by, from 1; empty if it is not
 * @param limit a limit without an order, which leaves open which rows there are; -1 if there is none
 */
record RandomStatement(TwoSql body, TwoSql tail, List<Integer> order, long limit) {

  TwoSql sql() {
    return TwoSql.of("##", body, tail);
  }

  /** The statement whose rows those of this one are among, if a limit leaves open which. */
  @Nullable TwoSql unlimited() {
    return limit >= 0 ? body : null;
  }

  RandomStatement withBody(TwoSql other) {
    return new RandomStatement(other, tail, order, limit);
  }

  RandomStatement withTail(TwoSql other) {
    return new RandomStatement(body, other, order, limit);
  }

  /** Without an order and a limit. */
  RandomStatement bare() {
    return new RandomStatement(body, TwoSql.of(""), List.of(), -1);
  }
}
