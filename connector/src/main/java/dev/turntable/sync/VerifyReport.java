package dev.turntable.sync;

import java.util.ArrayList;
import java.util.List;

/**
 * What became of comparing a store with what the services tell of it.
 *
 * @param compared of how many keys, as tasks, rows were counted
 * @param read of how many the rows were read once more, for they were not as many as is told
 * @param differences what remains, a line each
 */
public record VerifyReport(long compared, long read, List<String> differences) {
  public VerifyReport {
    differences = List.copyOf(differences);
  }

  VerifyReport and(VerifyReport other) {
    List<String> all = new ArrayList<>(differences);
    all.addAll(other.differences);
    return new VerifyReport(compared + other.compared, read + other.read, all);
  }
}
