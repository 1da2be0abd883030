package dev.turntable.jdbc.cli.script;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Arguments as Java decodes them by the locale, and as they were given. Holds number 5, with LocaleIT. */
class Utf8Test {
  private static final String TEXT = "M\u00fcnchen \u6771\u4eac \ud83d\ude00?";

  @TempDir Path folder;

  /** Returns a file like Linux has it: options of the JVM, then the arguments. */
  private Path raw(Charset charset, String... arguments) throws IOException {
    String all = "java\0-Dx=y\0Main\0" + String.join("\0", arguments) + "\0";
    return Files.write(folder.resolve("cmdline"), all.getBytes(charset));
  }

  private static String lost(String text, Charset charset) {
    return new String(text.getBytes(charset), charset);
  }

  @Test
  void whatTheLocaleLostIsReadAgain() throws IOException {
    for (Charset charset : new Charset[] {US_ASCII, ISO_8859_1}) {
      String byBytes = new String(TEXT.getBytes(UTF_8), charset);
      for (String decoded : new String[] {lost(TEXT, charset), byBytes}) {
        assertThat(Utf8.arguments(new String[] {"-e", decoded}, charset, raw(UTF_8, "-e", TEXT)))
            .containsExactly("-e", TEXT);
      }
    }
    assertThat(Utf8.arguments(new String[] {"-e", "", "a?"}, US_ASCII, raw(UTF_8, "-e", "", "a?")))
        .containsExactly("-e", "", "a?");
  }

  @Test
  void whatIsNotUtf8IsRefused() throws IOException {
    String[] latin = {"-e", "M\u00fcnchen"};
    assertThatThrownBy(() -> Utf8.arguments(latin, ISO_8859_1, raw(ISO_8859_1, latin)))
        .isInstanceOf(Utf8.UndecodableException.class)
        .hasMessageContaining("[22023] argument 2 is not UTF-8");
    String[] lost = {"-e", "M\ufffdnchen"};
    assertThatThrownBy(() -> Utf8.arguments(lost, UTF_8, raw(ISO_8859_1, latin)))
        .isInstanceOf(Utf8.UndecodableException.class);
    assertThat(Utf8.arguments(lost, UTF_8, raw(UTF_8, lost))).isEqualTo(lost);
  }

  /** On other systems than Linux, and where Java has its arguments from a file. */
  @Test
  void whatCannotBeReadAgainIsRefusedIfItIsInDoubt() throws IOException {
    Path none = folder.resolve("none");
    assertThatThrownBy(() -> Utf8.arguments(new String[] {"M??nchen"}, US_ASCII, none))
        .isInstanceOf(Utf8.UndecodableException.class)
        .hasMessageContaining("LC_ALL=C.UTF-8");
    assertThat(Utf8.arguments(new String[] {"abc"}, US_ASCII, none)).containsExactly("abc");
    assertThat(Utf8.arguments(new String[] {TEXT}, UTF_8, none)).containsExactly(TEXT);
    assertThatThrownBy(
            () -> Utf8.arguments(new String[] {"M??nchen"}, US_ASCII, raw(UTF_8, "@options")))
        .isInstanceOf(Utf8.UndecodableException.class);
  }
}
