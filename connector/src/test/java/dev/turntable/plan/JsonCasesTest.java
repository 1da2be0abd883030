package dev.turntable.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.source.ErrorKind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** The written table of SQL/JSON, on both roads. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class JsonCasesTest {
  private Bench operators;
  private Bench generated;

  /**
   * A line of the table.
   *
   * @param expected the row as text, or {@code !} for an error 22023
   */
  private record Case(int line, String expression, String expected) {}

  @BeforeAll
  void start() {
    operators = Bench.handinger(1);
    generated = Bench.handinger(1).connectGenerated(Map.of());
  }

  @AfterAll
  void stop() {
    operators.close();
    generated.close();
  }

  private static List<Case> cases() {
    Map<String, String> documents = new HashMap<>();
    List<Case> cases = new ArrayList<>();
    int number = 0;
    for (String line : lines()) {
      number++;
      if (line.startsWith("@")) {
        int blank = line.indexOf(' ');
        documents.put(line.substring(0, blank), line.substring(blank + 1));
      } else if (!line.isBlank() && !line.startsWith("#")) {
        String[] parts = line.split(" \\|(?: |$)", -1);
        cases.add(of(number, parts, documents));
      }
    }
    return cases;
  }

  private static Case of(int line, String[] parts, Map<String, String> documents) {
    String first = literal(documents.getOrDefault(parts[1], parts[1]));
    return switch (parts[0]) {
      case "q" ->
          new Case(
              line,
              "JSON_QUERY(" + first + ", " + literal(parts[2]) + " WITH WRAPPER ERROR ON ERROR)",
              parts[3]);
      case "e" ->
          new Case(
              line,
              "JSON_EXISTS(" + first + ", " + literal(parts[2]) + " ERROR ON ERROR)",
              parts[3]);
      case "?" ->
          new Case(
              line, "JSON_QUERY(" + first + ", " + literal(parts[2]) + " ERROR ON ERROR)", "!");
      case "!" -> new Case(line, "JSON_VALUE('1', " + first + " NULL ON ERROR)", "!");
      default -> new Case(line, parts[1], parts[2].startsWith("!") ? "!" : parts[2]);
    };
  }

  private static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  private static List<String> lines() {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    JsonCasesTest.class.getResourceAsStream("json-cases.txt"), "json-cases.txt"),
                UTF_8))) {
      return reader.lines().toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void theTableIsLong() {
    assertThat(cases()).hasSizeGreaterThan(250);
  }

  @TestFactory
  Stream<DynamicTest> onTheOperators() {
    return cases().stream().map(c -> test(operators, c, "SELECT " + c.expression()));
  }

  /** A path in a column is read for every row, a constant one once. */
  @TestFactory
  Stream<DynamicTest> onTheGeneratedRoad() {
    return cases().stream().map(c -> test(generated, c, "SELECT " + c.expression()));
  }

  private static DynamicTest test(Bench bench, Case c, String sql) {
    return DynamicTest.dynamicTest(
        c.line() + ": " + c.expression(),
        () -> {
          if (c.expected().equals("!")) {
            bench.sql(sql).fails(ErrorKind.BAD_VALUE);
          } else {
            bench.sql(sql).rows().is(c.expected());
          }
        });
  }
}
