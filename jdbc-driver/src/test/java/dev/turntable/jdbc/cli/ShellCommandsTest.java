package dev.turntable.jdbc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ShellCommandsTest {
  @ParameterizedTest
  @CsvSource({
    "\\?, !examples",
    "\\h, !examples",
    "help, !examples",
    "Help;, !examples",
    "' \\d ', SHOW TABLES",
    "\\d tasks, DESCRIBE tasks",
    "\\d+ rightbrain.tasks;, DESCRIBE rightbrain.tasks",
    "\\dt, SHOW TABLES",
    "\\dt rightbrain, SHOW TABLES FROM rightbrain",
    "\\l, SHOW SCHEMAS",
    "\\i some file.sql, !include some file.sql",
    "\\q, !quit",
    "exit, !quit",
    "quit ;, !quit",
  })
  void areCommandsOfTheShell(String line, String command) {
    assertThat(ShellCommands.isOne(line)).isTrue();
    assertThat(ShellCommands.translate(line)).isEqualTo(command);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\copy x", "\\", "\\D"})
  void othersAreUnknown(String line) {
    assertThat(ShellCommands.translate(line)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"SELECT '\\?'", "!tables", "", "help me", "SELECT 1;\nquit"})
  void otherLinesAreNone(String line) {
    assertThat(ShellCommands.isOne(line)).isFalse();
  }
}
