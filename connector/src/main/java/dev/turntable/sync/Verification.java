package dev.turntable.sync;

import dev.turntable.engine.RowCursor;
import dev.turntable.source.RowCount;
import dev.turntable.store.sync.CountDifference;
import dev.turntable.store.sync.StoredCounts;
import dev.turntable.store.sync.SyncTable;
import dev.turntable.store.table.TimeSpan;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Compares how many rows the store has with how many the service tells. Where that differs, these rows are
 * read once more; what differs then, as rows that the service counts and does not show, is left alone until
 * one of the two numbers is another one.
 */
final class Verification {
  private final Statements statements;
  private final StoredCounts counts;

  Verification(Statements statements, StoredCounts counts) {
    this.statements = statements;
    this.counts = counts;
  }

  VerifyReport run() {
    Map<String, Long> told = told(statements.ask(counts::keys));
    List<CountDifference> known = statements.ask(counts::known);
    List<CountDifference> remaining = new ArrayList<>();
    List<String> again = new ArrayList<>();
    for (CountDifference each : differing(told)) {
      if (known.contains(each)) {
        remaining.add(each);
      } else {
        again.add(each.key());
      }
    }
    statements.inSteps(again, this::readAgain);
    for (TimeSpan span : statements.ask(scope -> counts.unlisted(again, scope))) {
      statements.readSpan(counts.counted(), span, "", ReadRows.all());
    }
    if (!again.isEmpty()) {
      Map<String, Long> now = told(again);
      now.keySet().retainAll(again);
      remaining.addAll(differing(now));
    }
    statements.ask(
        scope -> {
          counts.remember(remaining, scope);
          return remaining;
        });
    return new VerifyReport(
        told.size(), again.size(), remaining.stream().map(CountDifference::toString).toList());
  }

  private List<CountDifference> differing(Map<String, Long> told) {
    Map<String, Long> stored = statements.ask(counts::stored);
    List<CountDifference> differing = new ArrayList<>();
    told.forEach(
        (key, number) -> {
          long there = stored.getOrDefault(key, 0L);
          if (there != number) {
            differing.add(new CountDifference(counts.count(), key, number, there));
          }
        });
    return differing;
  }

  /** What is in the store needs no request. */
  private Map<String, Long> told(List<String> keys) {
    if (counts.telling() != null) {
      return statements.ask(counts::told);
    }
    Map<String, Long> told = new TreeMap<>();
    statements.inSteps(keys, some -> ask(some, told));
    return told;
  }

  private void ask(List<String> keys, Map<String, Long> told) {
    RowCount count = counts.count();
    String sql =
        "SELECT "
            + Statements.quoted(count.key())
            + ", "
            + Statements.quoted(count.count())
            + " FROM "
            + Statements.qualified(count.table())
            + where(count.key(), keys);
    statements.read(
        sql,
        keys,
        (columns, rows) -> {
          while (rows.next()) {
            add(rows, told);
          }
        });
  }

  private static void add(RowCursor rows, Map<String, Long> told) {
    if (rows.value(0) instanceof String key && rows.value(1) instanceof Long number) {
      told.merge(key, number, Long::sum);
    }
  }

  private void readAgain(List<String> keys) {
    RowCount count = counts.count();
    List<Object> parameters = new ArrayList<>(keys);
    StringBuilder sql = new StringBuilder(count(counts.counted(), count.countedKey(), keys));
    SyncTable telling = counts.telling();
    if (telling != null) {
      sql.append(" UNION ALL ").append(count(telling, count.key(), keys));
      parameters.addAll(keys);
    }
    statements.read(sql.toString(), parameters, ReadRows.all());
  }

  private static String count(SyncTable table, String key, List<String> keys) {
    return "SELECT COUNT(*) FROM " + Statements.name(table) + where(key, keys);
  }

  private static String where(String key, List<String> keys) {
    return " WHERE "
        + Statements.quoted(key)
        + " IN ("
        + String.join(", ", Collections.nCopies(keys.size(), "?"))
        + ")";
  }
}
