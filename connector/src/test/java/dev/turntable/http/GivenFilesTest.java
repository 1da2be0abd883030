package dev.turntable.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.turntable.source.ErrorKind;
import dev.turntable.source.TurntableException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import okio.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The JSON that the column files takes: what is in it, and what is refused before any request. */
final class GivenFilesTest {
  private static final String SECRET = "VG9wIHNlY3JldA==";

  private static String file(String name, String type, String content) {
    return "{\"filename\":\""
        + name
        + "\",\"media_type\":\""
        + type
        + "\",\"content\":\""
        + content
        + "\"}";
  }

  private static TurntableException refusal(String json) {
    TurntableException failure =
        catchThrowableOfType(TurntableException.class, () -> GivenFiles.of("tasks", json));
    assertThat(failure).as(json).isNotNull();
    assertThat(failure.getMessage()).startsWith("tasks.files: ").doesNotContain(SECRET);
    return failure;
  }

  private static byte[] bytes(String base64) throws IOException {
    GivenFiles files = GivenFiles.of("tasks", "[" + file("a", "text/plain", base64) + "]");
    Buffer buffer = new Buffer();
    files.files().get(0).content().writeBytes(buffer);
    assertThat(buffer.size()).isEqualTo(files.files().get(0).size());
    return buffer.readByteArray();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "{}",
        "\"text\"",
        "[",
        "[1]",
        "[null]",
        "[{]",
        "[{}]",
        "[] []",
        "[],",
        "[{\"filename\":\"a\"}]",
        "[{\"filename\":\"a\",\"media_type\":\"text/plain\"}]",
        "[{\"filename\":\"a\",\"content\":\"\"}]",
        "[{\"filename\":1,\"media_type\":\"text/plain\",\"content\":\"\"}]",
        "[{\"filename\":null,\"media_type\":\"text/plain\",\"content\":\"\"}]",
        "[{\"filename\":\"a\",\"media_type\":\"text/plain\",\"content\":null}]",
        "[{\"filename\":\"a\",\"media_type\":\"text/plain\",\"content\":\"\",\"size\":1}]",
        "[{\"filename\":\"a\",\"filename\":\"b\",\"media_type\":\"text/plain\",\"content\":\"\"}]",
        "[{\"filename\":\"a\",\"media_type\":\"text/plain\",\"content\":\"\"},]",
        "[{\"filename\":\"\\q\",\"media_type\":\"text/plain\",\"content\":\"\"}]",
        "[{\"filename\":\"\\u12\",\"media_type\":\"text/plain\",\"content\":\"\"}]",
        "[{\"filename\":\"\\ud800\",\"media_type\":\"text/plain\",\"content\":\"\"}]",
        "[{\"filename\":\"\\u00g0\",\"media_type\":\"text/plain\",\"content\":\"\"}]",
        "[{\"filename\":\"a\tb\",\"media_type\":\"text/plain\",\"content\":\"\"}]",
        "[{\"filename\":\"a\",\"media_type\":\"text/plain\",\"media_type\":\"a/b\",\"content\":\"\"}]",
        "[{\"filename\":\"a\",\"media_type\":\"text/plain\",\"content\":\"\",\"content\":\"\"}]",
        "[{\"filename\":\"a\\u00",
        "[{\"filename\":\"a",
        "[{\"filename\":\"a\\",
        "[{filename:\"a\",media_type:\"text/plain\",content:\"\"}]",
      })
  void jsonThatIsNoneOrOther(String json) {
    assertThat(refusal(json).kind()).isEqualTo(ErrorKind.BAD_VALUE);
  }

  /** A name of a member is told if it can be one, and nothing that a text may be. */
  @Test
  void membersOfOtherNames() {
    String begin = "[{\"filename\":\"a\",\"";
    assertThat(refusal(begin + "size\":1}]")).hasMessageContaining("another member, 'size'");
    assertThat(refusal(begin + "a_name_of_20_letters\":1}]"))
        .hasMessageContaining("another member, 'a_name_of_20_letters'");
    assertThat(refusal(begin + "a_name_of_21_letters_\":1}]"))
        .hasMessageContaining("another member; ");
    assertThat(refusal(begin + "two words\":1}]")).hasMessageContaining("another member; ");
    assertThat(refusal("[{\"content\":\"\",\"content\":\"\"}]"))
        .hasMessageContaining("element 1 has 'content' twice");
  }

  @Test
  void typesWithEscapes() {
    GivenFiles files = GivenFiles.of("t", "[" + file("a\\u0062\\u00e9", "a\\/b", "") + "]");
    assertThat(files.files().get(0).filename()).isEqualTo("abé");
    assertThat(files.files().get(0).mediaType()).isEqualTo("a/b");
    for (String control : new String[] {"\\b", "\\f", "\\n", "\\r", "\\t"}) {
      assertThat(refusal("[" + file("a", "a/b" + control, "") + "]"))
          .hasMessageContaining("media_type");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/etc/passwd",
        "a/b",
        "..",
        ".",
        "a\\\\b",
        "C:\\\\x",
        "a\\nb",
        "a\\u0000",
        "a\\rb",
        "\\u007f"
      })
  void namesThatAreNone(String name) {
    assertThat(refusal("[" + file(name, "text/plain", SECRET) + "]").kind())
        .isEqualTo(ErrorKind.BAD_VALUE);
  }

  @Test
  void namesThatAreOdd() {
    for (String name : new String[] {"東京 \\\"x\\\".pdf", "a..b", ".profile", "😀", "10:30.txt"}) {
      assertThat(GivenFiles.of("t", "[" + file(name, "text/plain", "") + "]").count()).isOne();
    }
    refusal("[" + file("x".repeat(256), "text/plain", "") + "]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "text", "text/", "/plain", "a b/c", "text/plain\\r\\nX-Evil: 1", "é/x"})
  void mediaTypesThatAreNone(String type) {
    assertThat(refusal("[" + file("a", type, SECRET) + "]")).hasMessageContaining("media_type");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%%%%",
        "abc",
        "a",
        "=",
        "====",
        "ab=c",
        "YWJj=",
        "YQ=",
        "YQ",
        "YW Jj",
        "YWJj\\n",
        "YW-_",
        "é===",
        "YQ==YQ=="
      })
  void base64ThatIsNone(String content) {
    assertThat(refusal("[" + file("a", "text/plain", content) + "]"))
        .hasMessageContaining("is no base64");
  }

  @Test
  void twoFilesOfOneName() {
    String twice = file("a.txt", "text/plain", SECRET) + "," + file("a.txt", "image/png", "");
    assertThat(refusal("[" + twice + "]")).hasMessageContaining("two files have the name 'a.txt'");
  }

  @Test
  void bytesOfAllLengths() throws IOException {
    byte[] all = new byte[20_000];
    new Random(1).nextBytes(all);
    for (int length : new int[] {0, 1, 2, 3, 4, 5, 6143, 6144, 6145, 6146, 20_000}) {
      byte[] wanted = Arrays.copyOf(all, length);
      assertThat(bytes(Base64.getEncoder().encodeToString(wanted))).isEqualTo(wanted);
    }
  }

  /** Many writers of JSON escape the slash. */
  @ParameterizedTest
  @CsvSource({"'\\/\\/8=', //8=", "'\\u002f\\u002F8=', //8=", "'\\u0059Q==', YQ=="})
  void escapesInBase64(String written, String meant) throws IOException {
    assertThat(bytes(written)).isEqualTo(Base64.getDecoder().decode(meant));
  }

  @Test
  void blanksAndAnyOrder() {
    String json =
        " [ { \"content\" : \"\" ,\n\"media_type\":\"text/plain; charset=utf-8\",\t\"filename\":\"a\" } ] ";
    assertThat(GivenFiles.of("t", json).count()).isOne();
    assertThat(GivenFiles.of("t", "[ ]").isEmpty()).isTrue();
  }

  @Test
  void moreThan64MiBInAll() {
    String half = "AAAA".repeat((32 << 20) / 3 + 1);
    String two = "[" + file("a", "text/plain", half) + "," + file("b", "text/plain", half) + "]";
    TurntableException failure =
        catchThrowableOfType(TurntableException.class, () -> GivenFiles.of("tasks", two));
    assertThat(failure.kind()).isEqualTo(ErrorKind.TOO_LARGE);
    assertThat(failure)
        .hasMessageContaining("67108866 bytes in all")
        .hasMessageContaining("64 MiB");
    String most = "[" + file("a", "text/plain", "AAAA".repeat((64 << 20) / 3) + "AA==") + "]";
    assertThat(GivenFiles.of("tasks", most).files().get(0).size()).isEqualTo(64L << 20);
  }

  @Test
  void bodiesSayHowLongTheyAre() throws IOException {
    GivenFiles files =
        GivenFiles.of(
            "t",
            "[" + file("a \\\"東", "text/plain", "\\u0059Q==") + "," + file("b", "a/b", "") + "]");
    FilesRequestBody form = FilesRequestBody.form(Map.of("input", "é"), "files[]", files);
    FilesRequestBody json =
        FilesRequestBody.json(Map.of("task_input", "{\"a\": 1}"), "task_files", files);
    for (FilesRequestBody body : new FilesRequestBody[] {form, json}) {
      Buffer sent = new Buffer();
      body.writeTo(sent);
      assertThat(sent.size()).isEqualTo(body.contentLength());
      assertThat(body.isOneShot()).isTrue();
    }
    Buffer sent = new Buffer();
    json.writeTo(sent);
    assertThat(sent.readUtf8())
        .isEqualTo(
            "{\"task_input\":{\"a\": 1},\"task_files\":[{\"filename\":\"a \\\"東\",\"content\":\"YQ==\"},"
                + "{\"filename\":\"b\",\"content\":\"\"}]}");
  }
}
