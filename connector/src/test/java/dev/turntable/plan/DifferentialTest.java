package dev.turntable.plan;

import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/**
 * Random statements give the same rows here as in DuckDB, which holds the same tables: down the road of
 * the operators all of them, down that of Calcite's generated code, which has to be compiled, some.
 *
 * <p>A fixed seed decides about a build; {@link JudgeTrial} says how to take another.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 2, unit = TimeUnit.HOURS) // as many statements as are asked for
final class DifferentialTest {
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

  @Test
  void sameRowsAsDuckDb() {
    new JudgeTrial(tables, duck).randomStatements(3000);
  }
}
