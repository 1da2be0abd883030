package dev.turntable.source;

/**
 * What went wrong, in the terms of the published SQLState table. Every failure of Turntable has one.
 */
public enum ErrorKind {
  /** No usable key, or the service answered 401. */
  AUTHENTICATION("28000"),
  /** The key is valid but may not do this (403). */
  FORBIDDEN("42501"),
  /** The text is no SQL. */
  SYNTAX("42601"),
  /** A table that does not exist. */
  UNKNOWN_TABLE("42P01"),
  /** A column that does not exist. */
  UNKNOWN_COLUMN("42703"),
  /** A required key is missing, or the statement is invalid for another reason. */
  INVALID_STATEMENT("42000"),
  /** A value or property that cannot be used. */
  BAD_VALUE("22023"),
  /** A number outside the range of its type. */
  OUT_OF_RANGE("22003"),
  /** Division by zero. */
  DIVISION_BY_ZERO("22012"),
  /** A value that must be given is missing. */
  MISSING_VALUE("23502"),
  /** The parent of a row does not exist. */
  UNKNOWN_PARENT("23503"),
  /** The id is taken. */
  DUPLICATE_KEY("23505"),
  /** A write on a read-only connection. */
  READ_ONLY("25006"),
  /** What Turntable or the service cannot do. */
  UNSUPPORTED("0A000"),
  /** The statement would need more requests than {@code maxRequests} allows. */
  BUDGET("53400"),
  /** An answer or an intermediate result is too large. */
  TOO_LARGE("54000"),
  /** A list kept changing while it was read. */
  UNSTABLE("40001"),
  /** Cancelled by the user. */
  CANCELLED("57014"),
  /** The query time-out ran out. */
  TIMEOUT("HYT00"),
  /** The service answers wrongly: 5xx, 429, bad JSON, a wrong shape. */
  BAD_ANSWER("58000"),
  /** A write whose outcome is unknown: it may or may not have happened. */
  OUTCOME_UNKNOWN("58030"),
  /** The host cannot be reached, or is not the service. */
  UNREACHABLE("08001"),
  /** The connection is closed. */
  CLOSED("08003"),
  /** The connection was lost while reading. */
  CONNECTION_LOST("08006"),
  /** The local store is in use elsewhere. */
  STORE_BUSY("55006"),
  /** The disk of the local store is full. */
  DISK_FULL("53100"),
  /** The local store is damaged, or not ours. */
  STORE_DAMAGED("XX001"),
  /** A defect of Turntable. */
  INTERNAL("XX000");

  private final String sqlState;

  ErrorKind(String sqlState) {
    this.sqlState = sqlState;
  }

  /** Returns the five-character SQLState that JDBC clients see. */
  public String sqlState() {
    return sqlState;
  }
}
