package dev.turntable.clients;

import org.hibernate.dialect.DatabaseVersion;
import org.hibernate.dialect.Dialect;
import org.hibernate.dialect.pagination.LimitHandler;
import org.hibernate.dialect.pagination.OffsetFetchLimitHandler;

/** All that Hibernate must be told: that the SQL is plain, and how a page of it is written. */
public final class TurntableDialect extends Dialect {
  /** Called by Hibernate. */
  public TurntableDialect() {
    super(DatabaseVersion.make(0, 1));
  }

  @Override
  public LimitHandler getLimitHandler() {
    return OffsetFetchLimitHandler.INSTANCE;
  }
}
