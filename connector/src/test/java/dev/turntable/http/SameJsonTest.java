package dev.turntable.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SameJsonTest {
  @Test
  void orderAndSpacingOfMembersDoNotMatter() {
    assertThat(SameJson.text("{\"a\":[1,{\"c\":null,\"b\":\"x\"}]}"))
        .isEqualTo(SameJson.text("{ \"a\" : [ 1, { \"b\": \"x\", \"c\": null } ] }"));
    assertThat(SameJson.text("{\"a\":1,\"b\":2}")).isEqualTo(SameJson.text("{\"b\":2,\"a\":1}"));
  }

  @Test
  void valuesAndTheirOrderMatter() {
    assertThat(SameJson.text("{\"a\":[1,2]}")).isNotEqualTo(SameJson.text("{\"a\":[2,1]}"));
    assertThat(SameJson.text("{\"a\":\"1\"}")).isNotEqualTo(SameJson.text("{\"a\":1}"));
    assertThat(SameJson.text("{\"a\":\"b, \\\"c\\\"\"}"))
        .isNotEqualTo(SameJson.text("{\"a\":\"b\",\"c\":\"\"}"));
    assertThat(SameJson.text("{\"a\":null}")).isNotEqualTo(SameJson.text("{}"));
  }

  @Test
  void whatIsNoObjectStaysAsItIs() {
    assertThat(SameJson.text("go on")).isEqualTo("go on");
    assertThat(SameJson.text("{go on")).isEqualTo("{go on");
    assertThat(SameJson.text("{} {}")).isEqualTo("{} {}");
  }
}
