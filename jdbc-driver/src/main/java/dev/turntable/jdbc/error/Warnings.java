package dev.turntable.jdbc.error;

import dev.turntable.source.FileContents;
import dev.turntable.source.Secrets;
import dev.turntable.source.StatementScope;
import java.sql.SQLWarning;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A chain of warnings: texts of its own, then those of the statement that runs. */
public final class Warnings {
  private static final String STATE = "01000";

  private final List<String> own = new ArrayList<>();
  private @Nullable StatementScope scope;
  private int cleared;

  /** Adds a warning of its own, once. */
  public synchronized void add(String text) {
    if (!own.contains(text)) {
      own.add(text);
    }
  }

  /** Drops what is there and shows the warnings of another statement from now on. */
  public synchronized void follow(@Nullable StatementScope newScope) {
    own.clear();
    cleared = 0;
    scope = newScope;
  }

  /** Forgets what was shown so far. */
  public synchronized void clear() {
    own.clear();
    cleared = scope == null ? 0 : scope.warnings().size();
  }

  /** Returns the first of the chain, or null if there is none. */
  public synchronized @Nullable SQLWarning first() {
    List<String> texts = new ArrayList<>(own);
    if (scope != null) {
      List<String> all = scope.warnings();
      texts.addAll(all.subList(Math.min(cleared, all.size()), all.size()));
    }
    SQLWarning first = null;
    for (String text : texts) {
      SQLWarning warning = new SQLWarning(FileContents.hidden(Secrets.maskAll(text)), STATE);
      if (first == null) {
        first = warning;
      } else {
        first.setNextWarning(warning);
      }
    }
    return first;
  }
}
