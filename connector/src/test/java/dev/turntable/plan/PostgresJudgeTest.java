package dev.turntable.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/**
 * Random statements give the same rows here as in PostgreSQL 15. {@code .ci/postgres-judge} runs it,
 * with {@code -Djudge.postgres=required}; without that it is skipped.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 2, unit = TimeUnit.HOURS) // as many statements as are asked for
final class PostgresJudgeTest {
  private static final boolean REQUIRED = "required".equals(System.getProperty("judge.postgres"));

  private @Nullable PostgresCluster cluster;
  private ServiceTables tables;
  private Judge postgres;

  @BeforeAll
  void load() throws SQLException {
    assumeTrue(
        REQUIRED,
        "PostgreSQL 15 judges in .ci/run only; .ci/postgres-judge, or -Djudge.postgres=required, asks"
            + " for it");
    Optional<String> missing = PostgresCluster.missing();
    assertThat(missing).as("PostgreSQL 15 is required").isEmpty();
    cluster = PostgresCluster.start();
    tables = ServiceTables.start();
    postgres = Postgres.open(cluster);
    tables.handTo(postgres);
  }

  @AfterAll
  void close() throws SQLException {
    if (postgres != null) {
      postgres.close();
    }
    if (tables != null) {
      tables.close();
    }
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void sameRowsAsPostgres() {
    new JudgeTrial(tables, postgres).randomStatements(3000);
  }

  @TestFactory
  Stream<DynamicTest> keptCasesGiveTheSameRowsAsInPostgres() throws IOException {
    return new JudgeTrial(tables, postgres).keptCases();
  }
}
