package dev.turntable.jdbc.pages;

import dev.turntable.source.AccessPath;
import dev.turntable.source.AccessPath.Operator;
import dev.turntable.source.Coverage;
import dev.turntable.source.RequestEstimate;
import dev.turntable.source.ScanRequest;
import dev.turntable.source.TableDef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The ways to read a table: what each needs, sends, costs and sees. */
final class PathTable {
  private PathTable() {}

  /** Returns the paragraphs. */
  static List<String> of(TableDef<?> table) {
    List<String> rows = new ArrayList<>();
    rows.add("| way | needs | sends along | order | requests | sees |");
    rows.add("| --- | --- | --- | --- | --- | --- |");
    table.paths().forEach(path -> rows.add(row(path)));
    boolean local = table.paths().stream().allMatch(path -> requests(path).isEmpty());
    return List.of(
        "## Requests",
        local
            ? "The rows are in memory: no statement sends anything."
            : "What of a statement reaches the service. Of these ways the one with the fewest requests"
                + " is taken; every predicate is checked again on the rows that come. A way that needs"
                + " nothing reads the whole table; where its requests depend on the connection, the"
                + " number is the demo's.",
        String.join("\n", rows));
  }

  private static String row(AccessPath<?> path) {
    String needs =
        path.keys().stream().map(key -> "`" + key + "`").collect(Collectors.joining(" and "));
    List<String> cells =
        List.of(
            path.name(),
            needs.isEmpty() ? "nothing" : needs + " by `=`, `IN` or a join",
            served(path.serves()),
            path.order().stream()
                .map(order -> "`" + order.column() + (order.descending() ? "` descending" : "`"))
                .collect(Collectors.joining(", ")),
            costs(path),
            sees(path.coverage(ScanRequest.all(Set.of()))));
    return cells.stream()
        .collect(Collectors.joining(" | ", "| ", " |"))
        .replaceAll("\\| +(?=\\|)", "| ");
  }

  private static String served(Map<String, Set<Operator>> serves) {
    return new TreeMap<>(serves)
        .entrySet().stream()
            .map(each -> "`" + each.getKey() + "` " + operators(each.getValue()))
            .collect(Collectors.joining("; "));
  }

  private static String operators(Set<Operator> operators) {
    List<String> signs = new ArrayList<>();
    if (operators.contains(Operator.EQUALS)) {
      signs.add("`=`");
    }
    if (operators.contains(Operator.IN)) {
      signs.add("`IN`");
    }
    if (operators.contains(Operator.RANGE)) {
      signs.add("range");
    }
    return String.join(" ", signs);
  }

  private static List<RequestEstimate> requests(AccessPath<?> path) {
    return path.keys().isEmpty() ? path.estimate(ScanRequest.all(Set.of())) : path.estimatePerKey();
  }

  private static String costs(AccessPath<?> path) {
    List<RequestEstimate> requests = requests(path);
    String all = requests.stream().map(PathTable::cost).collect(Collectors.joining(", "));
    return requests.isEmpty() ? "none" : path.keys().isEmpty() ? all : "for each key " + all;
  }

  /** A number that the path knows only on its connection is the demo's. */
  private static String cost(RequestEstimate estimate) {
    String code = "`" + estimate.request() + "`";
    long min = estimate.min();
    if (estimate.max().isEmpty()) {
      return min == 0 ? "one per id found: " + code : min + " or more " + code;
    }
    long max = estimate.max().getAsLong();
    return (min == max ? min : min + " to " + max) + " " + code;
  }

  private static String sees(Coverage coverage) {
    if (coverage.isExhaustive()) {
      return "every row";
    }
    return coverage.isTold()
        ? coverage.covers()
        : "every row, but of "
            + TablePage.codes(coverage.wholeFor().keySet().stream().sorted().toList())
            + " only values that are given";
  }
}
