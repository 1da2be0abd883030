package dev.turntable.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.jdbc.meta.DriverVersion;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/**
 * What every method of one object answers or refuses, as a file beside the test has it: a line for
 * each method, with what it gives, or else each answer after the numbers of the arguments that it is
 * given for. An SQLState is a refusal, {@code done} is what a void method gives, and a class in angle
 * brackets an object of that class.
 *
 * <p>{@code -Dturntable.methods=write} writes the files anew; what then changes is to be read.
 */
@NullMarked
final class AnswerTable {
  private static final Path FILES = Path.of("src/test/resources/every-method");
  private static final int SHOWN = 40;

  private final Map<String, List<String>> answers = new TreeMap<>();

  /** Adds what a call gave; the calls of a method come in the order of the arguments. */
  void put(Object target, Method method, @Nullable Object given) {
    String signature =
        method.getName()
            + Arrays.stream(method.getParameterTypes())
                .map(Class::getSimpleName)
                .collect(Collectors.joining(", ", "(", ")"));
    answers.computeIfAbsent(signature, name -> new ArrayList<>()).add(text(target, method, given));
  }

  private static String text(Object target, Method method, @Nullable Object given) {
    if (given instanceof SQLException failure) {
      return failure.getSQLState() == null ? "client info" : failure.getSQLState();
    }
    if (method.getReturnType() == void.class) {
      return "done";
    }
    if (given == null || given instanceof Boolean || given instanceof Number) {
      String text = String.valueOf(given);
      return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
    if (given instanceof String text) {
      boolean isOfThisBuild = text.contains(DriverVersion.TEXT);
      return isOfThisBuild ? "the version" : "'" + text.replace("\n", "\\n") + "'";
    }
    return given == target ? "itself" : "<" + given.getClass().getSimpleName() + ">";
  }

  private List<String> lines() {
    List<String> lines = new ArrayList<>();
    answers.forEach(
        (signature, given) -> {
          Map<String, List<Integer>> byAnswer = new LinkedHashMap<>();
          for (int i = 0; i < given.size(); i++) {
            byAnswer.computeIfAbsent(given.get(i), answer -> new ArrayList<>()).add(i);
          }
          String right =
              byAnswer.size() == 1
                  ? given.get(0)
                  : byAnswer.entrySet().stream()
                      .map(entry -> entry.getValue() + " " + entry.getKey())
                      .collect(Collectors.joining("; "));
          lines.add(signature + " : " + right);
        });
    return lines;
  }

  /** Compares with the file of that name. */
  void matches(String name) throws IOException {
    String file = name.replace(' ', '-') + ".txt";
    if ("write".equals(System.getProperty("turntable.methods"))) {
      Files.createDirectories(FILES);
      Files.writeString(FILES.resolve(file), String.join("\n", lines()) + "\n");
    }
    try (InputStream right = AnswerTable.class.getResourceAsStream("/every-method/" + file)) {
      assertThat(right).as("the answers of an " + name).isNotNull();
      List<String> expected = new String(right.readAllBytes(), UTF_8).lines().toList();
      assertThat(lines()).as(name).containsExactlyElementsOf(expected);
    }
  }
}
