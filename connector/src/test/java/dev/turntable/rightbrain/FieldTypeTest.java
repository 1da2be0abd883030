package dev.turntable.rightbrain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a task declares of a field of its answers. */
final class FieldTypeTest {
  @Test
  void aTypeIsANameOrHasOneAmongItsDetails() {
    assertThat(FieldType.of("int")).isEqualTo(FieldType.INTEGER);
    assertThat(FieldType.of(Map.of("type", "bool"))).isEqualTo(FieldType.BOOLEAN);
    assertThat(FieldType.of("uuid")).isEqualTo(FieldType.ANY);
    assertThat(FieldType.of(null)).isEqualTo(FieldType.ANY);
  }

  @Test
  void remarksAreTheDescriptionAndTheOptions() {
    assertThat(FieldType.remarks("int")).isEmpty();
    assertThat(FieldType.remarks(Map.of("type", "int"))).isEmpty();
    assertThat(FieldType.remarks(Map.of("description", "A mood"))).isEqualTo("A mood");
    assertThat(FieldType.remarks(Map.of("description", "A mood", "options", List.of())))
        .isEqualTo("A mood");
    assertThat(FieldType.remarks(Map.of("options", List.of("good", "bad"))))
        .isEqualTo("One of: good, bad");
    assertThat(FieldType.remarks(Map.of("description", "A mood", "options", List.of("good", 1))))
        .isEqualTo("A mood. One of: good, 1");
  }
}
