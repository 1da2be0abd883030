package dev.turntable.plan;

import java.io.IOException;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** What was answered wrongly once gives the same rows as in DuckDB. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class KeptCasesTest {
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

  @TestFactory
  Stream<DynamicTest> cases() throws IOException {
    return new JudgeTrial(tables, duck).keptCases();
  }
}
