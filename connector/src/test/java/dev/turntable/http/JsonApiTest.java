package dev.turntable.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turntable.source.ErrorKind;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonApiTest {
  private final Things things = new Things();

  @AfterEach
  void close() {
    things.close();
  }

  private Object get(String template, Map<String, String> path, Map<String, String> query) {
    things.config.with("apiKey", Things.KEY);
    try (JsonApi api = JsonApi.open(things.config.source("toy"), things.connection());
        StatementScope scope = things.statement()) {
      return api.get(scope, "toy.things", template, path, query);
    }
  }

  @Test
  void readsPlainValues() {
    things.answer(
        request ->
            Things.json(200, "{\"a\":[1,0.1,12345678901234567890],\"b\":{\"c\":null,\"d\":true}}")
                .build());
    Object answer = get("things/{id}", Map.of("id", "a/b?"), Map.of("page", "1&2"));

    assertThat(answer)
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
        .containsEntry(
            "a",
            List.of(BigDecimal.ONE, new BigDecimal("0.1"), new BigDecimal("12345678901234567890")));
    assertThat(((Map<?, ?>) answer).get("b").toString()).isEqualTo("{c=null, d=true}");
    assertThat(things.received)
        .singleElement()
        .satisfies(
            request -> {
              assertThat(request.getTarget()).isEqualTo("/things/a%2Fb%3F?page=1%262");
              assertThat(request.getHeaders().get("Authorization"))
                  .isEqualTo("Bearer " + Things.KEY);
            });
  }

  @Test
  void sendsNoAuthorizationWithoutAKey() {
    things.answer(request -> Things.json(200, "{}").build());
    try (JsonApi api = JsonApi.open(things.config.source("toy"), things.connection());
        StatementScope scope = things.statement()) {
      api.get(scope, "toy.things", "things", Map.of(), Map.of());
    }
    assertThat(things.received)
        .singleElement()
        .satisfies(request -> assertThat(request.getHeaders().get("Authorization")).isNull());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", ".."})
  void aPathValueIsOneSegment(String value) {
    assertThatThrownBy(() -> get("things/{id}", Map.of("id", value), Map.of()))
        .isInstanceOf(TurntableException.class)
        .extracting(e -> ((TurntableException) e).kind())
        .isEqualTo(ErrorKind.BAD_VALUE);
    assertThat(things.received).isEmpty();
  }

  @Test
  void usesNoTypeOfALibraryInItsFace() {
    assertThat(
            Arrays.stream(JsonApi.class.getMethods())
                .filter(m -> m.getDeclaringClass() == JsonApi.class))
        .allSatisfy(
            method ->
                assertThat(method.toGenericString())
                    .doesNotContain("okhttp3", "okio", "retrofit2", "moshi", "google"));
  }
}
