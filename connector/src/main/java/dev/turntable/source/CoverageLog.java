package dev.turntable.source;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The last whole reading of every table on one connection. Safe for use by several threads. */
public final class CoverageLog {
  private final Map<List<String>, CoverageRecord> records = new LinkedHashMap<>();

  public synchronized void add(CoverageRecord record) {
    records.put(List.of(record.schema(), record.table(), record.scope()), record);
  }

  /** Returns what was read, in the order of the first readings. */
  public synchronized List<CoverageRecord> records() {
    return List.copyOf(records.values());
  }
}
