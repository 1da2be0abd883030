package dev.turntable.jdbc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BackslashCommandsTest {
  @ParameterizedTest
  @CsvSource({
    "\\?, !examples",
    "\\h, !examples",
    "' \\d ', !tables",
    "\\d tasks, !describe tasks",
    "\\d+ tasks;, !describe tasks",
    "\\dt, !tables",
    "\\l, !schemas",
    "\\i some file.sql, !run some file.sql",
    "\\q, !quit",
  })
  void areCommandsOfTheShell(String line, String command) {
    assertThat(BackslashCommands.isOne(line)).isTrue();
    assertThat(BackslashCommands.translate(line)).isEqualTo(command);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\copy x", "\\", "\\D"})
  void othersAreUnknown(String line) {
    assertThat(BackslashCommands.translate(line)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"SELECT '\\?'", "!tables", ""})
  void otherLinesAreNone(String line) {
    assertThat(BackslashCommands.isOne(line)).isFalse();
  }
}
