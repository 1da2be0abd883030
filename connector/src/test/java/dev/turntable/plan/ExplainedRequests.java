package dev.turntable.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.simulator.server.ReceivedRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compares what EXPLAIN said with what was sent: a count that is called exact is met, a bound is
 * kept, nothing is sent that no line speaks of, and {@code known ids only} stands there exactly
 * where the statement warns of it.
 *
 * <p>Equal requests of a statement are sent once, so several scans that say the same together
 * promise no more than the largest of them at least, and no more than their sum at most.
 */
final class ExplainedRequests {
  private static final Pattern LINE =
      Pattern.compile(
          "(?:GET|POST|DELETE|PUT) .+? (?:x (\\?|\\d+)(?: to (\\d+))? \\(([a-z ]+)\\)|one per .+)");
  private static final Pattern TEMPLATE = Pattern.compile("\\{\\w+}|\\.\\.\\.|[^{.]+|[{.]");

  /** Who is asking, and what for: part of no plan. */
  private static final Pattern NOT_COUNTED = Pattern.compile(".*/(whoami|oauth2/token)");

  private static final String KNOWN_ONLY = "known ids only";

  /** Requests of one kind: at least and at most so many; the least is that of one scan. */
  private static final class Bounds {
    private long least;
    private long most;

    void add(long min, long max) {
      least = Math.max(least, min);
      most = max == Long.MAX_VALUE || most == Long.MAX_VALUE ? Long.MAX_VALUE : most + max;
    }
  }

  private final String sql;
  private final List<String> lines;
  private final Map<String, Bounds> kinds = new LinkedHashMap<>();

  private ExplainedRequests(String sql, List<String> lines) {
    this.sql = sql;
    this.lines = lines;
  }

  /**
   * Fails unless the statement did what was said.
   *
   * @param lines of EXPLAIN
   * @param besides ends of paths that prepare may ask for
   */
  static void check(String sql, List<String> lines, List<String> besides, Bench.Result result) {
    ExplainedRequests explained = new ExplainedRequests(sql, lines);
    lines.forEach(explained::read);
    explained.kinds.forEach(
        (kind, bounds) -> {
          if (besides.stream().anyMatch(kind::endsWith)) {
            bounds.least = 0; // prepare may have asked for it
          }
        });
    List<ReceivedRequest> requests =
        result.requests().stream()
            .filter(each -> !NOT_COUNTED.matcher(each.path()).matches())
            .filter(each -> besides.stream().noneMatch(each.path()::endsWith))
            .toList();
    explained.checkCounts(requests);
    explained.checkKnownIds(result.warnings(), requests);
  }

  private void read(String text) {
    String line = text.strip();
    if (!line.matches("(GET|POST|DELETE|PUT) .*")) {
      return;
    }
    Matcher matcher = LINE.matcher(line);
    assertThat(matcher.lookingAt())
        .as("%s: EXPLAIN says '%s', which can be checked", sql, line)
        .isTrue();
    String kind = line.substring(0, line.indexOf(matcher.group(3) == null ? " one per " : " x "));
    Bounds bounds = kinds.computeIfAbsent(kind, unused -> new Bounds());
    if (matcher.group(3) == null) {
      bounds.add(0, Long.MAX_VALUE);
      return;
    }
    long first = matcher.group(1).equals("?") ? 0 : Long.parseLong(matcher.group(1));
    if (matcher.group(2) != null) {
      bounds.add(first, Long.parseLong(matcher.group(2)));
      return;
    }
    switch (matcher.group(3)) {
      case "exact" -> bounds.add(first, first);
      case "at most" -> bounds.add(0, first);
      default -> bounds.add(first, Long.MAX_VALUE);
    }
  }

  private void checkCounts(List<ReceivedRequest> requests) {
    List<ReceivedRequest> left = new ArrayList<>(requests);
    kinds.forEach(
        (kind, bounds) -> {
          Pattern pattern = pattern(kind);
          long sent =
              requests.stream().filter(each -> pattern.matcher(each.line()).matches()).count();
          left.removeIf(each -> pattern.matcher(each.line()).matches());
          assertThat(sent)
              .as("%s: requests of the kind %s\n%s", sql, kind, String.join("\n", lines))
              .isBetween(bounds.least, bounds.most);
        });
    assertThat(left.stream().map(ReceivedRequest::line))
        .as("%s: requests that EXPLAIN does not speak of\n%s", sql, String.join("\n", lines))
        .isEmpty();
  }

  /** {@code GET .../task/{id}} matches every task, with any query; one of two matches either. */
  private static Pattern pattern(String kind) {
    List<String> each = new ArrayList<>();
    for (String template : kind.split(" or ")) {
      StringBuilder regex = new StringBuilder();
      Matcher matcher = TEMPLATE.matcher(template);
      while (matcher.find()) {
        String part = matcher.group();
        regex.append(
            part.startsWith("{") && part.endsWith("}")
                ? "[^/?]+"
                : part.equals("...") ? ".*" : Pattern.quote(part));
      }
      each.add(regex + "(\\?.*)?");
    }
    return Pattern.compile(String.join("|", each));
  }

  private void checkKnownIds(List<String> warnings, List<ReceivedRequest> requests) {
    boolean told = isKnownIdsToldOf(false);
    boolean warned = warnings.stream().anyMatch(warning -> warning.contains("known ids"));
    if (warned) {
      assertThat(told)
          .as(
              "%s warns %s, and EXPLAIN says known ids only\n%s",
              sql, warnings, String.join("\n", lines))
          .isTrue();
    }
    if (isKnownIdsToldOf(true) && !requests.isEmpty()) {
      assertThat(warned)
          .as("%s: EXPLAIN says known ids only, and the run warns: %s", sql, warnings)
          .isTrue();
    }
  }

  /**
   * Rightbrain's lists leave out as well, but what is said of them comes once per connection.
   *
   * @param certainly whether only scans count that are certainly read: not so if the run finds out
   *     whether by keys or as a whole, or if other rows may leave nothing to read it for
   */
  private boolean isKnownIdsToldOf(boolean certainly) {
    boolean ofHandinger = false;
    boolean read = false;
    for (String line : lines) {
      if (certainly && line.contains("one per key of")) {
        return false;
      }
      if (line.contains("Scan ")) {
        ofHandinger = line.contains("Scan handinger.");
        read = false;
      }
      read |= line.endsWith("(exact)") || line.endsWith("(at least)");
      if (line.contains(KNOWN_ONLY) && ofHandinger && (read || !certainly)) {
        return true;
      }
    }
    return false;
  }
}
