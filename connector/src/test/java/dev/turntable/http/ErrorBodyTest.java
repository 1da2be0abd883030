package dev.turntable.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.source.Secrets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of the body of an error is told, and whether the service itself wrote it. */
final class ErrorBodyTest {
  private static ErrorBody of(String body) {
    return ErrorBody.of(body, new Secrets());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"error\":\"no\"} | no | true",
        "{\"error\":{\"message\":\"no\",\"code\":\"x\"}} | no | true",
        "{\"error\":{\"code\":\"x\"}} | x | true",
        "{\"error\":{\"type\":\"t\",\"code\":\"x\"}} | t | true",
        "{\"error\":{\"msg\":\"m\"}} | m | true",
        "{\"error\":{\"other\":7}} | {other=7.0} | true",
        "{\"error\":7} | 7.0 | true",
        "{\"error\":null,\"message\":\"no\"} | no | true",
        "{\"detail\":\"no\"} | no | true",
        "{\"detail\":[{\"loc\":[\"body\",\"name\"],\"msg\":\"is missing\"},{\"msg\":\"odd\"},null]} | body.name: is missing; odd; | true",
        "{\"message\":\"no\"} | no | false",
        "{\"message\":\"no\",\"reason\":\"r\"} | no | true",
        "{\"title\":\"no\"} | no | false",
        "{\"error_description\":\"no\"} | no | false",
        "{\"message\":\"first\",\"title\":\"second\"} | first | false",
        "{\"error\":\"first\",\"message\":\"second\"} | first | true",
        "{\"error\":\"a\\n\\tb  c\\u0000\"} | a b c | true",
      })
  void jsonOfServicesAndGateways(String body, String words, boolean own) {
    assertThat(of(body)).isEqualTo(new ErrorBody(words, own, true));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | {} | true",
        "{\"reason\":\"r\"} | {\"reason\":\"r\"} | true",
        "[] | [] | true",
        "\"text\" | \"text\" | true",
        "<h1>Not  found</h1> | <h1>Not found</h1> | false",
        "{\"error\": | {\"error\": | false",
        "`` | `` | false",
      })
  void whatElseThereIs(String body, String words, boolean json) {
    assertThat(of(body)).isEqualTo(new ErrorBody(words, false, json));
  }

  @Test
  void longWordsAreCut() {
    assertThat(of("x".repeat(200)).words()).isEqualTo("x".repeat(200));
    assertThat(of("x".repeat(201)).words()).isEqualTo("x".repeat(200) + "…");
    assertThat(of("{\"error\":\"" + "x".repeat(500) + "\"}").words()).isEqualTo("x".repeat(500));
    assertThat(of("{\"error\":\"" + "x".repeat(501) + "\"}").words())
        .isEqualTo("x".repeat(500) + "…");
  }

  /** Before a text is cut: of a part of one nobody could tell what it is. */
  @Test
  void secretsAreTakenOutFirst() {
    Secrets secrets = new Secrets();
    secrets.add("sk_very_secret");
    for (int blanks = 185; blanks < 201; blanks++) {
      String text = "x".repeat(blanks) + "sk_very_secret";
      assertThat(ErrorBody.of(text, secrets).words()).doesNotContain("sk_");
      assertThat(ErrorBody.of("{\"error\":\"" + "x".repeat(300) + text + "\"}", secrets).words())
          .doesNotContain("sk_");
    }
  }
}
