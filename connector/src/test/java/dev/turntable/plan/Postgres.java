package dev.turntable.plan;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** PostgreSQL, on a cluster of its own. */
final class Postgres extends JdbcJudge {

  private Postgres(Connection connection) {
    super(connection);
  }

  static Postgres open(PostgresCluster cluster) throws SQLException {
    Postgres postgres = new Postgres(DriverManager.getConnection(cluster.url()));
    postgres.run("SET statement_timeout = '60s'");
    postgres.run("SET jit = off");
    return postgres;
  }

  @Override
  public String name() {
    return "PostgreSQL";
  }

  @Override
  public TwoSql.Reader reader() {
    return TwoSql.Reader.POSTGRES;
  }

  /** A FULL JOIN on anything but equalities. */
  @Override
  public boolean cannot(SQLException failure) {
    return "0A000".equals(failure.getSQLState());
  }
}
