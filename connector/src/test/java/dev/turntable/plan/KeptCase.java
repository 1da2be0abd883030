package dev.turntable.plan;

import dev.turntable.plan.TwoSql.Reader;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A statement that was answered wrongly once, in {@code judge/cases.txt}: blocks of lines, a word and
 * what belongs to it, with a blank line between.
 *
 * @param title where it comes from, and what it shows
 * @param open whether it is known to be answered wrongly still
 * @param generated whether it is Calcite's generated code that was wrong
 */
record KeptCase(String title, boolean open, boolean generated, RandomStatement statement) {

  /** All cases of the file. */
  static List<KeptCase> all() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(KeptCase.class.getResourceAsStream("/judge/cases.txt"))) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Arrays.stream(text.split("\n\\s*\n"))
          .map(block -> block.lines().filter(line -> !line.startsWith("#")).toList())
          .filter(lines -> lines.stream().anyMatch(line -> !line.isBlank()))
          .map(KeptCase::parsed)
          .toList();
    }
  }

  private static KeptCase parsed(List<String> lines) {
    Map<String, String> entries = new LinkedHashMap<>();
    for (String line : lines) {
      int end = line.indexOf(' ');
      if (line.equals("open") || line.equals("generated")) {
        entries.put(line, "");
      } else if (end < 0 || entries.put(line.substring(0, end), line.substring(end + 1)) != null) {
        throw new IllegalArgumentException("not a line of a case: " + line);
      }
    }
    String ours = Objects.requireNonNull(entries.get("sql"), () -> "no sql in " + lines);
    String duck = entries.getOrDefault("duckdb", ours);
    String postgres = entries.getOrDefault("postgres", duck);
    List<Integer> order =
        Arrays.stream(entries.getOrDefault("order", "").split(" "))
            .filter(position -> !position.isEmpty())
            .map(Integer::valueOf)
            .toList();
    return new KeptCase(
        entries.getOrDefault("title", ours),
        entries.containsKey("open"),
        entries.containsKey("generated"),
        new RandomStatement(
            TwoSql.kept(List.of(ours, duck, postgres), given(entries)), TwoSql.of(""), order, -1));
  }

  private static List<Object> given(Map<String, String> entries) {
    String values = entries.get("values");
    return values == null
        ? List.of()
        : Arrays.stream(values.split("\t")).map(KeptCase::value).toList();
  }

  private static Object value(String text) {
    String value = text.substring(2);
    return switch (text.charAt(0)) {
      case 't' -> value;
      case 'w' -> Long.valueOf(value);
      case 'r' -> Double.valueOf(value);
      case 'n' -> new BigDecimal(value);
      case 'd' -> LocalDate.parse(value);
      case 's' -> LocalDateTime.parse(value);
      case 'b' -> Boolean.valueOf(value);
      default -> throw new IllegalArgumentException("not a value of a case: " + text);
    };
  }

  private static String text(Object value) {
    String kind =
        value instanceof String
            ? "t"
            : value instanceof Long
                ? "w"
                : value instanceof Double
                    ? "r"
                    : value instanceof BigDecimal
                        ? "n"
                        : value instanceof LocalDate
                            ? "d"
                            : value instanceof LocalDateTime ? "s" : "b";
    return kind + " " + value;
  }

  /** The lines of a case, without the blank one after it. */
  static String text(String title, RandomStatement statement) {
    TwoSql sql = statement.sql();
    List<String> lines = new ArrayList<>();
    lines.add("title " + title);
    lines.add("sql " + sql.ours());
    if (!sql.values().isEmpty()) {
      lines.add(
          "values " + sql.values().stream().map(KeptCase::text).collect(Collectors.joining("\t")));
    }
    if (!sql.duck().equals(sql.ours())) {
      lines.add("duckdb " + sql.duck());
    }
    String postgres = sql.text(Reader.POSTGRES);
    if (!postgres.equals(sql.duck())) {
      lines.add("postgres " + postgres);
    }
    if (!statement.order().isEmpty()) {
      lines.add(
          "order "
              + statement.order().stream().map(String::valueOf).collect(Collectors.joining(" ")));
    }
    return String.join("\n", lines);
  }
}
