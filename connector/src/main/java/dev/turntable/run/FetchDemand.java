package dev.turntable.run;

import java.util.OptionalLong;

/**
 * How many rows the statement can want of one scan.
 *
 * @param rows at most so many rows that pass the scan's own check; empty if all are wanted
 * @param exact whether every row that comes is wanted, because nothing above or in the scan drops
 *     rows; only then the number tells how many steps to start
 * @param stopsEarly whether the statement may stop before the end for any other reason
 */
record FetchDemand(OptionalLong rows, boolean exact, boolean stopsEarly) {
  static final FetchDemand ALL = new FetchDemand(OptionalLong.empty(), false, false);
}
