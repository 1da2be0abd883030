package dev.turntable.store.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which keys have a text of their own in the store. */
final class KeyTextTest {
  @Test
  void keysOfSeveralValues() {
    assertThat(KeyText.of(List.of("a"))).isEqualTo("a");
    assertThat(KeyText.of(List.of("a", 7, 8L, "b c"))).isEqualTo("a\u001f7\u001f8\u001fb c");
    assertThat(KeyText.parts("a\u001f7\u001fb c")).containsExactly("a", "7", "b c");
    assertThat(KeyText.parts("a")).containsExactly("a");
  }

  /** Else two keys would be one. */
  @Test
  void keysThatHaveNone() {
    assertThat(KeyText.of(List.of("a", ""))).isNull();
    assertThat(KeyText.of(List.of("", "a"))).isNull();
    assertThat(KeyText.of(List.of("a\u001fb"))).isNull();
    assertThat(KeyText.of(List.of("\u001f"))).isNull();
    assertThat(KeyText.of(List.of("a", "half \ud83d"))).isNull();
    assertThat(KeyText.of(List.of(1.5))).isNull();
    assertThat(KeyText.of(List.of(true))).isNull();
    assertThat(KeyText.of(Arrays.asList("a", null))).isNull();
  }

  @Test
  void itIsSaidInSqlAsHere() {
    assertThat(KeyText.sql("id")).isEqualTo("CAST(\"id\" AS VARCHAR)");
    assertThat(KeyText.sqlOfRow("id,task_id"))
        .isEqualTo("CAST(t.\"id\" AS VARCHAR) || chr(31) || CAST(t.\"task_id\" AS VARCHAR)");
  }
}
