package dev.turntable.source;

import org.jspecify.annotations.Nullable;

/**
 * The text of a statement as others may see it: without the secrets of its connection and the
 * contents of files.
 */
final class StatementText {
  private final String sql;
  private final Secrets secrets;
  private volatile @Nullable String shown;
  private volatile @Nullable String logged;

  StatementText(String sql, Secrets secrets) {
    this.sql = sql;
    this.secrets = secrets;
  }

  String shown() {
    String known = shown;
    if (known == null) {
      known = FileContents.hidden(secrets.mask(sql));
      shown = known;
    }
    return known;
  }

  /** Returns the text as logs keep it. */
  String logged() {
    String known = logged;
    if (known == null) {
      known = RequestLog.shortened(shown());
      logged = known;
    }
    return known;
  }
}
