package dev.turntable.simulator.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.squareup.moshi.Moshi;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class JsonOutTest {

  private static Object parsed(byte[] json) throws IOException {
    return new Moshi.Builder().build().adapter(Object.class).fromJson(new String(json, UTF_8));
  }

  @Test
  void anyTextComesBack() throws Exception {
    Random random = new Random(1);
    for (int i = 0; i < 2000; i++) {
      String text =
          random
              .ints(random.nextInt(60), 0, random.nextInt(4) == 0 ? 0x20000 : 0x100)
              .filter(c -> !(c >= 0xD800 && c < 0xE000))
              .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
              .toString();
      byte[] json = JsonBody.bytes(out -> out.beginArray().value(text).endArray());
      assertThat(parsed(json)).isEqualTo(List.of(text));
    }
  }

  @Test
  void structures() throws Exception {
    byte[] json =
        JsonBody.bytes(
            out -> {
              out.beginObject().name("a").beginArray().value(1).value(-2L).endArray();
              out.name("b").beginObject().endObject().name("c").value(true);
              out.name("d").nullValue().name("e").raw("1.50").name("f").value((Integer) null);
              out.omitsNulls(true);
              out.name("g").value((String) null).name("h").value(":").endObject();
            });
    assertThat(new String(json, UTF_8))
        .isEqualTo(
            "{\"a\":[1,-2],\"b\":{},\"c\":true,\"d\":null,\"e\":1.50,\"f\":null,\"h\":\":\"}");
    assertThat(parsed(json)).isInstanceOf(Map.class);
  }
}
