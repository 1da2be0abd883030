package dev.turntable.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SqlScriptTest {
  @Test
  void semicolonsSplitOutsideQuotesAndCommentsOnly() {
    assertThat(SqlScript.split("SELECT 1; SELECT 2 ;")).containsExactly("SELECT 1", "SELECT 2");
    assertThat(SqlScript.split("SELECT ';', \"a;b\", 'it''s;'")).hasSize(1);
    assertThat(SqlScript.split("SELECT 1 -- a;b\n; /* ; */ SELECT 2"))
        .containsExactly("SELECT 1 -- a;b", "/* ; */ SELECT 2");
    assertThat(SqlScript.split("SELECT 1 // a;b\n, 2")).hasSize(1);
    assertThat(SqlScript.split("SELECT 'http://x;y'; SELECT 2")).hasSize(2);
    assertThat(SqlScript.split("SELECT E'it\\'s;'; SELECT type'a\\'; SELECT 3"))
        .containsExactly("SELECT E'it\\'s;'", "SELECT type'a\\'", "SELECT 3");
  }

  @Test
  void nothingButCommentsIsNoStatement() {
    assertThat(SqlScript.split("")).isEmpty();
    assertThat(SqlScript.split(" ; ;; -- x\n /* y */ ;")).isEmpty();
  }

  @Test
  void whatIsNotClosedReachesTheParserWhole() {
    assertThat(SqlScript.split("SELECT 'a; b")).containsExactly("SELECT 'a; b");
    assertThat(SqlScript.split("SELECT 1 /* a; b")).containsExactly("SELECT 1 /* a; b");
    assertThat(SqlScript.split("SELECT E'\\")).containsExactly("SELECT E'\\");
  }
}
