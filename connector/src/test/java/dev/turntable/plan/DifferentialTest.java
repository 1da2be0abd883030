package dev.turntable.plan;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Random statements give the same rows here as in DuckDB, which holds the same tables: down the road of
 * the operators all of them, down that of Calcite's generated code, which has to be compiled, some.
 *
 * <p>A fixed seed decides about a build; {@link JudgeTrial} says how to take another.
 */
@Timeout(value = 2, unit = TimeUnit.HOURS) // as many statements as are asked for
final class DifferentialTest extends BesideDuckDb {
  @Test
  void sameRowsAsDuckDb() {
    trial().randomStatements(3000);
  }
}
