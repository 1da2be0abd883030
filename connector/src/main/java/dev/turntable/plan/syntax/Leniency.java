package dev.turntable.plan.syntax;

import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.sql.validate.SqlDelegatingConformance;

/** The dialect: as lenient as Calcite's {@code BABEL}, as long as it gives no wrong rows. */
public final class Leniency extends SqlDelegatingConformance {
  public static final Leniency INSTANCE = new Leniency();

  private Leniency() {
    super(SqlConformanceEnum.BABEL);
  }

  /**
   * No column that is neither grouped nor aggregated. Where it may be, Calcite 1.42 reads the keys of
   * ROLLUP, CUBE and GROUPING SETS as any value of the group, too, so that they are not null in the
   * rows of the totals, and fails at a COALESCE or NULLIF that is a key.
   */
  @Override
  public boolean isNonStrictGroupBy() {
    return false;
  }

  /** A name in the select list is a column of the tables: a mistyped one is not its own definition. */
  @Override
  public SelectAliasLookup isSelectAlias() {
    return SelectAliasLookup.UNSUPPORTED;
  }
}
