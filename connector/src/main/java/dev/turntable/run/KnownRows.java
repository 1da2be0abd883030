package dev.turntable.run;

import dev.turntable.source.Coverage;
import dev.turntable.source.StatementScope;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/** Tells which tables of a statement are read only as far as a list, or the known ids, show them. */
final class KnownRows {
  private final StatementScope scope;
  private final Set<String> told = Collections.synchronizedSet(new LinkedHashSet<>());
  private boolean warns;

  KnownRows(StatementScope scope) {
    this.scope = scope;
  }

  /**
   * Adds a table to the one warning of the statement.
   *
   * @param underOr its columns that are compared with other rows under OR
   */
  void add(String schema, String table, Coverage coverage, Set<String> underOr) {
    String name = schema + "." + table;
    if (coverage.oncePerConnection() && !scope.connection().isFirst("coverage of " + name)) {
      return;
    }
    String ignored =
        underOr.isEmpty()
            ? ""
            : "; what "
                + String.join(" and ", underOr)
                + " equals under OR is not read besides: write the alternatives as a UNION";
    told.add(name + " shows " + coverage.covers() + "; " + coverage.remedy() + ignored);
    if (!warns) {
      warns = true;
      scope.warn(this::text);
    }
  }

  private String text() {
    synchronized (told) {
      return String.join(". ", told);
    }
  }
}
