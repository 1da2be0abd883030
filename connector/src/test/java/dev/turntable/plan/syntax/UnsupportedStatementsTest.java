package dev.turntable.plan.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class UnsupportedStatementsTest {
  @ParameterizedTest
  @CsvSource({
    "LogicalRepeatUnion, WITH RECURSIVE",
    "LogicalTableSpool, WITH RECURSIVE",
    "LogicalMatch, MATCH_RECOGNIZE",
    "Collect, 'ARRAY, MULTISET or MAP of a query'",
    "LogicalSample, this LogicalSample",
  })
  void aNodeIsNamedAsUsersCallIt(String node, String construct) {
    assertThat(UnsupportedStatements.construct(node)).isEqualTo(construct);
  }
}
