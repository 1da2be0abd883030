package dev.turntable.jdbc;

import dev.turntable.source.Secrets;
import dev.turntable.source.StatementScope;
import java.sql.SQLWarning;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A chain of warnings: texts of its own, then those of the statement that runs. */
final class Warnings {
  private static final String STATE = "01000";

  private final List<String> own = new ArrayList<>();
  private @Nullable StatementScope scope;
  private int cleared;

  synchronized void add(String text) {
    if (!own.contains(text)) {
      own.add(text);
    }
  }

  /** Drops what is there and shows the warnings of another statement from now on. */
  synchronized void follow(@Nullable StatementScope newScope) {
    own.clear();
    cleared = 0;
    scope = newScope;
  }

  synchronized void clear() {
    own.clear();
    cleared = scope == null ? 0 : scope.warnings().size();
  }

  /** Returns the first of the chain, or null if there is none. */
  synchronized @Nullable SQLWarning first() {
    List<String> texts = new ArrayList<>(own);
    if (scope != null) {
      List<String> all = scope.warnings();
      texts.addAll(all.subList(Math.min(cleared, all.size()), all.size()));
    }
    SQLWarning first = null;
    for (String text : texts) {
      SQLWarning warning = new SQLWarning(Secrets.maskAll(text), STATE);
      if (first == null) {
        first = warning;
      } else {
        first.setNextWarning(warning);
      }
    }
    return first;
  }
}
