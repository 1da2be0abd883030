package dev.turntable.run;

import java.util.OptionalLong;

/**
 * How many rows the statement can want of one scan: where a LIMIT stops paging.
 *
 * @param rows at most so many rows that pass the scan's own check; empty if all are wanted
 * @param exact whether every row that comes is wanted, because nothing above or in the scan drops
 *     rows; only then the number tells how many steps to start
 * @param stopsEarly whether the statement may stop before the end for any other reason
 */
record FetchDemand(OptionalLong rows, boolean exact, boolean stopsEarly) {

  /** Whether so many rows are enough, so that no further page is asked for. */
  boolean isMet(long returned) {
    return rows.isPresent() && returned >= rows.getAsLong();
  }

  /** Whether the statement may have enough before the scan is at its end. */
  boolean mayBeMet() {
    return rows.isPresent() || stopsEarly;
  }

  /** How many rows are still wanted, where that tells how many steps to start; else empty. */
  OptionalLong missing(long returned) {
    return exact && rows.isPresent()
        ? OptionalLong.of(rows.getAsLong() - returned)
        : OptionalLong.empty();
  }
}
