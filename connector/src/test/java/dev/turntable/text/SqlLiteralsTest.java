package dev.turntable.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Statements without what they say. */
class SqlLiteralsTest {
  private static void hides(String sql, String shape) {
    assertThat(SqlLiterals.hidden(sql)).isEqualTo(shape);
  }

  @Test
  void everyLiteralBecomesAQuestionMark() {
    hides(
        "SELECT a, \"b c\" FROM t WHERE d = 'Anna''s' AND e > 1.5e3 LIMIT 10",
        "SELECT a, \"b c\" FROM t WHERE d = ? AND e > ? LIMIT ?");
    hides("INSERT INTO t VALUES (X'ff', N'x', E'\\'', -3)", "INSERT INTO t VALUES (?, ?, ?, -?)");
    hides("SELECT TIMESTAMP '2026-01-01 00:00:00'", "SELECT TIMESTAMP ?");
    hides("SELECT * FROM t WHERE a = ? AND b = :name", "SELECT * FROM t WHERE a = ? AND b = :name");
  }

  @Test
  void commentsAndWhiteSpaceSayNothing() {
    hides("SELECT 1 -- for Anna\n  FROM/* Bob */t", "SELECT ? FROM t");
    hides("/* Anna */ SELECT a", "SELECT a");
    hides("SELECT a // Anna", "SELECT a");
  }

  @Test
  void whatIsCutEndsThere() {
    hides("SELECT a FROM t WHERE b = 'Ann… (shortened)", "SELECT a FROM t WHERE b = ?");
    hides("SELECT a /* Ann… (shortened)", "SELECT a ?");
    hides("", "");
  }
}
