package dev.turntable.jdbc.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.jdbc.error.SqlErrors;
import dev.turntable.source.ErrorKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of errors has every SQLState that the driver can give, with its exception, and no other. */
final class ErrorsPageTest {
  private static final Pattern ROW = Pattern.compile("\\| `(\\w{5})` \\| (\\w+) \\| .+");

  /** A state that the driver gives without an {@link ErrorKind} is written out where it is given. */
  private static final Pattern WRITTEN_OUT = Pattern.compile("\"(?=[A-Z]*\\d)([0-9A-Z]{5})\"");

  private static Map<String, String> shown() throws IOException {
    Map<String, String> rows = new TreeMap<>();
    for (String line : new Markdown(Markdown.DOCS.resolve("errors.md")).text().lines().toList()) {
      for (MatchResult row : ROW.matcher(line).results().toList()) {
        assertThat(rows.put(row.group(1), row.group(2))).as(line).isNull();
      }
    }
    return rows;
  }

  @Test
  void everyState() throws IOException {
    Set<String> states = new TreeSet<>();
    for (ErrorKind kind : ErrorKind.values()) {
      states.add(kind.sqlState());
    }
    Path driver = Markdown.ROOT.resolve("jdbc-driver/src/main/java");
    try (Stream<Path> files = Files.walk(driver)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
        WRITTEN_OUT
            .matcher(Files.readString(file))
            .results()
            .forEach(state -> states.add(state.group(1)));
      }
    }
    assertThat(states).contains("55000", "01000");
    assertThat(shown().keySet()).isEqualTo(states);
  }

  @Test
  void theExceptionOfEveryKind() throws IOException {
    Map<String, String> shown = shown();
    for (ErrorKind kind : ErrorKind.values()) {
      assertThat(shown.get(kind.sqlState()))
          .as(kind.name())
          .isEqualTo(SqlErrors.of(kind, "").getClass().getSimpleName());
    }
  }
}
