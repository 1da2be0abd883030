package dev.turntable.source;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row was written, but not all that RETURNING names could be read of it. The row counts as written,
 * and the statement fails.
 */
public final class NotReturnedException extends TurntableException {
  private static final long serialVersionUID = 1L;

  private final transient Map<String, @Nullable Object> known;

  /**
   * @param written what was written, with the id to look it up by, for the message
   * @param known the values of those columns that are known, the generated keys among them
   * @param why the failure of the reading
   */
  public NotReturnedException(
      String written, Map<String, ? extends @Nullable Object> known, TurntableException why) {
    super(
        why.kind(),
        written + " was written, but what RETURNING names could not be read: " + why.getMessage());
    this.known = Collections.unmodifiableMap(new LinkedHashMap<>(known));
  }

  /** Returns the values of those columns that are known. */
  public Map<String, @Nullable Object> known() {
    return known;
  }
}
