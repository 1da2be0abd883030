package dev.turntable.jdbc.meta;

import dev.turntable.engine.ReservedWords;
import java.sql.DatabaseMetaData;
import java.sql.Types;

/** Metadata: what the SQL can do. */
public interface MetaDataSql extends DatabaseMetaData {
  @Override
  default boolean allTablesAreSelectable() {
    return true;
  }

  @Override
  default boolean nullPlusNonNullIsNull() {
    return true;
  }

  @Override
  default boolean nullsAreSortedAtEnd() {
    return false;
  }

  @Override
  default boolean nullsAreSortedAtStart() {
    return false;
  }

  @Override
  default boolean nullsAreSortedHigh() {
    return true;
  }

  @Override
  default boolean nullsAreSortedLow() {
    return false;
  }

  @Override
  default boolean supportsANSI92EntryLevelSQL() {
    return true;
  }

  @Override
  default boolean supportsANSI92FullSQL() {
    return false;
  }

  @Override
  default boolean supportsANSI92IntermediateSQL() {
    return false;
  }

  @Override
  default boolean supportsAlterTableWithAddColumn() {
    return false;
  }

  @Override
  default boolean supportsAlterTableWithDropColumn() {
    return false;
  }

  @Override
  default boolean supportsColumnAliasing() {
    return true;
  }

  @Override
  default boolean supportsConvert() {
    return true;
  }

  @Override
  default boolean supportsCoreSQLGrammar() {
    return true;
  }

  @Override
  default boolean supportsCorrelatedSubqueries() {
    return true;
  }

  @Override
  default boolean supportsExpressionsInOrderBy() {
    return true;
  }

  @Override
  default boolean supportsExtendedSQLGrammar() {
    return false;
  }

  @Override
  default boolean supportsFullOuterJoins() {
    return true;
  }

  @Override
  default boolean supportsGroupBy() {
    return true;
  }

  @Override
  default boolean supportsGroupByBeyondSelect() {
    return true;
  }

  @Override
  default boolean supportsGroupByUnrelated() {
    return true;
  }

  @Override
  default boolean supportsIntegrityEnhancementFacility() {
    return false;
  }

  @Override
  default boolean supportsLikeEscapeClause() {
    return true;
  }

  @Override
  default boolean supportsLimitedOuterJoins() {
    return true;
  }

  @Override
  default boolean supportsMinimumSQLGrammar() {
    return true;
  }

  @Override
  default boolean supportsNonNullableColumns() {
    return true;
  }

  @Override
  default boolean supportsOrderByUnrelated() {
    return true;
  }

  @Override
  default boolean supportsOuterJoins() {
    return true;
  }

  @Override
  default boolean supportsSubqueriesInComparisons() {
    return true;
  }

  @Override
  default boolean supportsSubqueriesInExists() {
    return true;
  }

  @Override
  default boolean supportsSubqueriesInIns() {
    return true;
  }

  @Override
  default boolean supportsSubqueriesInQuantifieds() {
    return true;
  }

  @Override
  default boolean supportsUnion() {
    return true;
  }

  @Override
  default boolean supportsUnionAll() {
    return true;
  }

  @Override
  default String getSQLKeywords() {
    return ReservedWords.LIST;
  }

  @Override
  default String getNumericFunctions() {
    return MetaFunctions.NUMERIC;
  }

  @Override
  default String getStringFunctions() {
    return MetaFunctions.STRING;
  }

  @Override
  default String getSystemFunctions() {
    return MetaFunctions.SYSTEM;
  }

  @Override
  default String getTimeDateFunctions() {
    return MetaFunctions.TIME_DATE;
  }

  /** Casts go from and to text; between numbers; and among dates and times. */
  @Override
  default boolean supportsConvert(int from, int to) {
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
}
