package dev.turntable.jdbc;

import dev.turntable.engine.ReservedWords;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.RowIdLifetime;
import java.sql.Types;

/** Metadata: names, versions, terms, and which kinds of results there are. */
abstract class MetaDataNames extends MetaDataEmpty {
  @Override
  public final String getDatabaseProductName() {
    return "Turntable";
  }

  @Override
  public final String getDatabaseProductVersion() {
    return DriverVersion.TEXT;
  }

  @Override
  public final int getDatabaseMajorVersion() {
    return DriverVersion.MAJOR;
  }

  @Override
  public final int getDatabaseMinorVersion() {
    return DriverVersion.MINOR;
  }

  @Override
  public final String getDriverName() {
    return "Turntable JDBC Driver";
  }

  @Override
  public final String getDriverVersion() {
    return DriverVersion.TEXT;
  }

  @Override
  public final int getDriverMajorVersion() {
    return DriverVersion.MAJOR;
  }

  @Override
  public final int getDriverMinorVersion() {
    return DriverVersion.MINOR;
  }

  @Override
  public final int getJDBCMajorVersion() {
    return 4;
  }

  @Override
  public final int getJDBCMinorVersion() {
    return 3;
  }

  @Override
  public final String getIdentifierQuoteString() {
    return "\"";
  }

  @Override
  public final String getSearchStringEscape() {
    return "\\";
  }

  @Override
  public final String getExtraNameCharacters() {
    return "";
  }

  @Override
  public final String getSchemaTerm() {
    return "schema";
  }

  @Override
  public final String getProcedureTerm() {
    return "procedure";
  }

  @Override
  public final String getCatalogTerm() {
    return "";
  }

  @Override
  public final String getCatalogSeparator() {
    return ".";
  }

  @Override
  public final String getSQLKeywords() {
    return ReservedWords.LIST;
  }

  @Override
  public final String getNumericFunctions() {
    return MetaFunctions.NUMERIC;
  }

  @Override
  public final String getStringFunctions() {
    return MetaFunctions.STRING;
  }

  @Override
  public final String getSystemFunctions() {
    return MetaFunctions.SYSTEM;
  }

  @Override
  public final String getTimeDateFunctions() {
    return MetaFunctions.TIME_DATE;
  }

  @Override
  public final int getSQLStateType() {
    return DatabaseMetaData.sqlStateSQL;
  }

  @Override
  public final RowIdLifetime getRowIdLifetime() {
    return RowIdLifetime.ROWID_UNSUPPORTED;
  }

  @Override
  public final int getDefaultTransactionIsolation() {
    return Connection.TRANSACTION_NONE;
  }

  @Override
  public final boolean supportsTransactionIsolationLevel(int level) {
    return level == Connection.TRANSACTION_NONE;
  }

  @Override
  public final int getResultSetHoldability() {
    return ResultSet.HOLD_CURSORS_OVER_COMMIT;
  }

  @Override
  public final boolean supportsResultSetHoldability(int holdability) {
    return holdability == ResultSet.HOLD_CURSORS_OVER_COMMIT;
  }

  @Override
  public final boolean supportsResultSetType(int type) {
    return type == ResultSet.TYPE_FORWARD_ONLY || type == ResultSet.TYPE_SCROLL_INSENSITIVE;
  }

  @Override
  public final boolean supportsResultSetConcurrency(int type, int concurrency) {
    return supportsResultSetType(type) && concurrency == ResultSet.CONCUR_READ_ONLY;
  }

  /** Casts go from and to text; between numbers; and among dates and times. */
  @Override
  public final boolean supportsConvert(int from, int to) {
    int source = family(from);
    int target = family(to);
    return source > 0 && target > 0 && (source == 1 || target == 1 || source == target);
  }

  private static int family(int type) {
    return switch (type) {
      case Types.CHAR, Types.VARCHAR -> 1;
      case Types.INTEGER, Types.BIGINT, Types.DOUBLE, Types.DECIMAL, Types.NUMERIC -> 2;
      case Types.DATE, Types.TIMESTAMP -> 3;
      case Types.BOOLEAN -> 4;
      default -> 0;
    };
  }

  @Override
  public final boolean ownUpdatesAreVisible(int type) {
    return false;
  }

  @Override
  public final boolean ownDeletesAreVisible(int type) {
    return false;
  }

  @Override
  public final boolean ownInsertsAreVisible(int type) {
    return false;
  }

  @Override
  public final boolean othersUpdatesAreVisible(int type) {
    return false;
  }

  @Override
  public final boolean othersDeletesAreVisible(int type) {
    return false;
  }

  @Override
  public final boolean othersInsertsAreVisible(int type) {
    return false;
  }

  @Override
  public final boolean updatesAreDetected(int type) {
    return false;
  }

  @Override
  public final boolean deletesAreDetected(int type) {
    return false;
  }

  @Override
  public final boolean insertsAreDetected(int type) {
    return false;
  }
}
