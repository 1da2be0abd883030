package dev.turntable.plan;

import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** Tests of statements over the services' tables, which DuckDB holds too. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class BesideDuckDb {
  private ServiceTables tables;
  private Judge duck;

  @BeforeAll
  void load() throws SQLException {
    tables = ServiceTables.start();
    duck = DuckDb.open();
    tables.handTo(duck);
  }

  @AfterAll
  void close() throws SQLException {
    duck.close();
    tables.close();
  }

  JudgeTrial trial() {
    return new JudgeTrial(tables, duck);
  }
}
