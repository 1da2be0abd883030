package dev.turntable.jdbc.statement;

import dev.turntable.jdbc.error.SqlErrors;
import dev.turntable.source.ErrorKind;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether generated keys are asked for.
 *
 * @param wanted whether they are
 * @param names the columns asked for; empty for all
 */
public record KeyRequest(boolean wanted, List<String> names) {
  public static final KeyRequest NONE = new KeyRequest(false, List.of());
  static final KeyRequest ALL = new KeyRequest(true, List.of());

  /** What a flag of {@link Statement} asks for. */
  public static KeyRequest of(int flag) throws SQLException {
    return switch (flag) {
      case Statement.RETURN_GENERATED_KEYS -> ALL;
      case Statement.NO_GENERATED_KEYS -> NONE;
      default -> throw SqlErrors.badValue("there is no generated-keys flag " + flag);
    };
  }

  /** The keys of these names. */
  public static KeyRequest of(String @Nullable [] names) {
    return names == null || names.length == 0 ? NONE : new KeyRequest(true, List.of(names));
  }

  /**
   * Checks that what is asked for can be.
   *
   * @param columns those of the table; empty if they are not known
   */
  void check(List<String> columns) throws SQLException {
    for (String name : names) {
      if (!columns.isEmpty() && columns.stream().noneMatch(name::equalsIgnoreCase)) {
        throw SqlErrors.of(
            ErrorKind.UNKNOWN_COLUMN,
            "there is no column "
                + name
                + " to return as a generated key; nothing was sent; there are "
                + String.join(", ", columns));
      }
    }
  }

  /** Positions mean columns of the table; which of them are keys the service decides. */
  public static KeyRequest of(int @Nullable [] positions) {
    return positions == null || positions.length == 0 ? NONE : ALL;
  }
}
