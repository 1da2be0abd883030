package dev.turntable.plan.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turntable.source.ErrorKind;
import dev.turntable.source.TurntableException;
import dev.turntable.text.SqlStatement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where RETURNING begins, and what it names. */
final class ReturningClauseTest {
  private static ReturningClause of(String sql) {
    return ReturningClause.of(SqlStatement.of(sql));
  }

  @Test
  void columnsWithTheirNames() {
    ReturningClause clause =
        of("INSERT INTO t (a) VALUES (1) RETURNING id, t.b AS c, s.t.d \"E\", *, t.*");
    assertThat(clause.statement().tokens()).hasSize(10);
    assertThat(clause.items())
        .extracting(
            item -> String.join(".", item.path()) + (item.all() ? "*" : "") + " " + item.alias())
        .containsExactly("id null", "t.b c", "s.t.d E", "* null", "t* null");
    assertThat(clause.items().get(1).at().text()).isEqualTo("t");
  }

  /** The word is a name behind AS or a point, and belongs to a function inside of parentheses. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1 RETURNING id",
        "UPDATE t SET a = 1 RETURNING id",
        "INSERT INTO t SELECT 1 AS returning",
        "INSERT INTO t SELECT u.returning FROM u",
        "INSERT INTO t SELECT JSON_VALUE(j, 'lax $' RETURNING INTEGER) FROM u",
        "INSERT INTO t SELECT (JSON_VALUE(j, ('lax $') RETURNING INTEGER)) FROM u",
        "DELETE FROM t",
        "DELETE FROM t WHERE a = 'RETURNING id'",
        ""
      })
  void statementsWithoutOne(String sql) {
    assertThat(of(sql)).isNull();
  }

  @Test
  void theFirstOneThatIsTheStatements() {
    ReturningClause clause =
        of(
            "INSERT INTO t SELECT JSON_VALUE(j, 'lax $' RETURNING INTEGER) AS returning RETURNING id");
    assertThat(clause.items()).extracting(item -> item.path().get(0)).containsExactly("id");
    assertThat(of("DELETE FROM t RETURNING id").items()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DELETE FROM t RETURNING | SYNTAX | line 1, column 15: RETURNING names no column",
        "DELETE FROM t RETURNING id, | SYNTAX | line 1, column 15: RETURNING names no column",
        "DELETE FROM t RETURNING id AS | SYNTAX | RETURNING takes columns",
        "DELETE FROM t RETURNING t. | SYNTAX | RETURNING takes columns",
        "DELETE FROM t RETURNING a + 1 | UNSUPPORTED | line 1, column 27: RETURNING takes columns",
        "DELETE FROM t RETURNING 1 | UNSUPPORTED | line 1, column 25: RETURNING takes columns",
        "DELETE FROM t RETURNING * x | UNSUPPORTED | line 1, column 27: RETURNING takes columns",
        "DELETE FROM t RETURNING (id) | UNSUPPORTED | line 1, column 25: RETURNING takes columns",
      })
  void anythingElseIsRefusedByItsPlace(String sql, ErrorKind kind, String message) {
    assertThatThrownBy(() -> of(sql))
        .isInstanceOfSatisfying(TurntableException.class, e -> assertThat(e.kind()).isEqualTo(kind))
        .hasMessageStartingWith(message);
  }
}
