package dev.turntable.plan;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What was answered wrongly once gives the same rows as in DuckDB. */
final class KeptCasesTest extends BesideDuckDb {
  @TestFactory
  Stream<DynamicTest> cases() throws IOException {
    return trial().keptCases();
  }
}
