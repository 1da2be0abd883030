package dev.turntable.jdbc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.jdbc.cli.script.Console;
import dev.turntable.jdbc.cli.script.Screen;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code --profile} and its file: URL beats profile, profile beats environment, keys stay safe. */
@DisabledOnOs(OS.WINDOWS)
class ProfileTest {
  @TempDir Path home;

  private Path file;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void write() throws IOException {
    Files.createDirectories(home.resolve(".config/turntable"));
    file = home.resolve(".config/turntable/config");
  }

  private void file(String mode, String text) throws IOException {
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }

  private int run(String... arguments) {
    out.reset();
    err.reset();
    return new CommandLine(
            new Console(
                Map.of(
                    "HOME",
                    home.toString(),
                    "MY_KEY",
                    "sk_variable",
                    "TURNTABLE_URL",
                    "jdbc:turntable:nix"),
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Screen.NONE))
        .run(arguments);
  }

  private String value(String property, String... arguments) {
    String[] all = new String[arguments.length + 5];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    String sql =
        "SELECT \"value\", origin FROM turntable.properties WHERE name = '" + property + "'";
    String[] rest = {"--format", "csv", "--no-header", "-c", sql};
    System.arraycopy(rest, 0, all, arguments.length, rest.length);
    assertThat(run(all)).as(err.toString(StandardCharsets.UTF_8)).isZero();
    return out.toString(StandardCharsets.UTF_8).strip();
  }

  @Test
  void theUrlBeatsTheProfileWhichBeatsTheEnvironment() throws IOException {
    file(
        "rw-r--r--",
        "# mine\n[a]\nurl = jdbc:turntable:demo\nmaxRequests = 7\n\n[b]\nmaxRequests=8\n");
    assertThat(value("maxRequests", "--profile", "a")).isEqualTo("7,profile");
    assertThat(value("maxRequests", "jdbc:turntable:demo", "--profile", "b"))
        .isEqualTo("8,profile");
    assertThat(value("maxRequests", "jdbc:turntable:demo:maxRequests=9", "--profile", "a"))
        .isEqualTo("9,url");
  }

  @Test
  void keysComeFromVariablesCommandsOrAFileThatNobodyElseReads() throws IOException {
    String url = "url = jdbc:turntable:handinger\n";
    file(
        "rw-r--r--",
        "[a]\n" + url + "apiKeyVariable = MY_KEY\n[b]\n" + url + "apiKeyCommand = printf sk_b\n");
    assertThat(value("handinger.apiKey", "--profile", "a")).isEqualTo("****,profile");
    assertThat(value("handinger.apiKey", "--profile", "b")).isEqualTo("****,profile");
    file("rw-r--r--", "[a]\n" + url + "apiKey = sk_secret\n");
    assertFails("chmod 600", "--profile", "a", "SELECT 1");
    file("rw-------", "[a]\n" + url + "apiKey = sk_secret\n");
    assertThat(value("handinger.apiKey", "--profile", "a")).isEqualTo("****,profile");
  }

  /** Only the user's own hand may send the user's key to another address. */
  @Test
  void theFileCountsAsEnvironmentIfOnlyItsOwnerWritesIt() throws IOException {
    String text =
        "[a]\nurl = jdbc:turntable:handinger\nbaseUrl = https://example.com\napiKeyVariable = MY_KEY\n";
    file("rw-r--r--", text);
    assertThat(value("handinger.baseUrl", "--profile", "a"))
        .isEqualTo("https://example.com,profile");
    assertFails(
        "the key in the profile is not used",
        "jdbc:turntable:handinger:baseUrl=https://evil.example",
        "--profile",
        "a",
        "SELECT 1");
    file("rw-rw-rw-", "[a]\nurl = jdbc:turntable:handinger\napiKeyCommand = printf x\n");
    assertFails("others may write", "--profile", "a", "SELECT 1");
  }

  @Test
  void whatIsWrongIsToldWithoutValues() throws IOException {
    assertFails("cannot read", "--profile", "a", "SELECT 1");
    file("rw-r--r--", "[a]\nurl = jdbc:turntable:demo\nmaxReqests = 7\n[b]\n");
    assertFails("profile a: unknown property", "--profile", "a", "SELECT 1");
    assertFails("has no profile [c]; there are a, b", "--profile", "c", "SELECT 1");
    file("rw-r--r--", "[a]\nsk_secret\n");
    assertFails("config:2: expected [profile] or property = value", "--profile", "a", "SELECT 1");
  }

  private void assertFails(String message, String... arguments) {
    assertThat(run(arguments)).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains(message).doesNotContain("sk_");
  }
}
