package dev.turntable.simulator.rightbrain;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.turntable.simulator.server.JsonBody;
import dev.turntable.simulator.server.ServiceRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The query parameters of one request, validated as FastAPI does it: everything that is wrong is
 * collected, unknown names are passed over. {@link #check} must follow the last read.
 */
final class RightbrainQuery {
  static final int LARGEST_PAGE = 100;

  private final ServiceRequest request;
  private final RightbrainSwitches switches;
  private final List<RightbrainProblem> problems = new ArrayList<>();

  RightbrainQuery(ServiceRequest request, RightbrainSwitches switches) {
    this.request = request;
    this.switches = switches;
  }

  /** Throws the 422 if anything read so far was wrong. */
  void check() {
    if (!problems.isEmpty()) {
      throw RightbrainRefusal.invalid(problems);
    }
  }

  Optional<String> text(String name) {
    Optional<String> value = request.query(name);
    if (value.isPresent() && switches.refuses(name)) {
      problem(name, value.get(), "extra_forbidden", "Extra inputs are not permitted", null);
      return Optional.empty();
    }
    return switches.ignores(name) ? Optional.empty() : value;
  }

  Optional<String> text(String name, int longest) {
    Optional<String> value = text(name);
    value
        .filter(text -> text.length() > longest)
        .ifPresent(
            text ->
                problem(
                    name,
                    text,
                    "string_too_long",
                    "String should have at most " + longest + " characters",
                    "{\"max_length\":" + longest + "}"));
    return value;
  }

  int pageLimit() {
    String text = text("page_limit").orElse(String.valueOf(LARGEST_PAGE));
    if (!text.matches("[+-]?\\d{1,18}")) {
      problem(
          "page_limit",
          text,
          "int_parsing",
          "Input should be a valid integer, unable to parse string as an integer",
          null);
      return LARGEST_PAGE;
    }
    long limit = Long.parseLong(text);
    if (limit < 1) {
      String rule = "Input should be greater than or equal to 1";
      problem("page_limit", text, "greater_than_equal", rule, "{\"ge\":1}");
    } else if (limit > LARGEST_PAGE) {
      String rule = "Input should be less than or equal to 100";
      problem("page_limit", text, "less_than_equal", rule, "{\"le\":100}");
    }
    return (int) Math.max(1, Math.min(limit, LARGEST_PAGE));
  }

  Optional<String> uuid(String name) {
    return text(name)
        .filter(
            value -> {
              boolean good = RightbrainIds.isUuid(value);
              if (!good) {
                problem(name, value, "uuid_parsing", "Input should be a valid UUID", null);
              }
              return good;
            })
        .map(RightbrainIds::normal);
  }

  Optional<String> choice(String name, List<String> allowed) {
    Optional<String> value = text(name);
    if (value.isPresent() && !allowed.contains(value.get())) {
      String expected =
          allowed.stream().map(v -> "'" + v + "'").collect(Collectors.joining(" or "));
      problem(
          name,
          value.get(),
          "enum",
          "Input should be " + expected,
          "{\"expected\":" + quoted(expected) + "}");
      return Optional.empty();
    }
    return value;
  }

  /** A flag in any of pydantic's spellings; false when absent. */
  boolean flag(String name) {
    String value = text(name).orElse("false").toLowerCase(Locale.ROOT);
    return switch (value) {
      case "true", "1", "yes", "on", "t", "y" -> true;
      case "false", "0", "no", "off", "f", "n" -> false;
      default -> {
        String rule = "Input should be a valid boolean, unable to interpret input";
        problem(name, value, "bool_parsing", rule, null);
        yield false;
      }
    };
  }

  /** Microseconds since 1970. */
  OptionalLong date(String name, long now) {
    Optional<String> value = text(name);
    if (value.isEmpty()) {
      return OptionalLong.empty();
    }
    OptionalLong date = RightbrainDates.parse(value.get(), now);
    if (date.isEmpty()) {
      problem(name, value.get(), "value_error", "Value error, could not parse the date", null);
    }
    return date;
  }

  private void problem(
      String name, String value, String type, String message, @Nullable String context) {
    problems.add(
        new RightbrainProblem(List.of("query", name), type, message, quoted(value), context));
  }

  static String quoted(String text) {
    return new String(JsonBody.bytes(out -> out.value(text)), UTF_8);
  }
}
