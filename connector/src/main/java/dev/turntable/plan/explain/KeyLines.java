package dev.turntable.plan.explain;

import dev.turntable.run.AccessChoice;
import dev.turntable.run.BoundKeys;
import dev.turntable.run.ScanNode;
import dev.turntable.source.AccessPath;
import dev.turntable.source.RequestEstimate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What EXPLAIN says of the keys that are read after a list, or after the known ids. */
final class KeyLines {
  private KeyLines() {}

  static List<String> of(ScanNode<?> node, @Nullable AccessChoice<?> choice) {
    String rest = choice == null ? "" : " not read above";
    List<String> lines = new ArrayList<>();
    List<BoundKeys.Supply> supplies = node.bound().supplies();
    long constants = supplies.stream().filter(BoundKeys.Constant.class::isInstance).count();
    if (constants > 0) {
      lines.add(RequestEstimate.atMost(request(node), constants).toString());
    }
    Set<String> others = new LinkedHashSet<>();
    for (BoundKeys.Supply supply : supplies) {
      if (supply instanceof BoundKeys.Column column) {
        ScanNode<?> from = column.from();
        others.add(from == null ? "the statement" : from.schema() + "." + from.table().name());
      }
    }
    others.forEach(other -> lines.add(request(node) + " one per key of " + other + rest));
    if (lines.isEmpty()) {
      lines.add(request(node) + " one per key of the statement" + rest);
    }
    return lines;
  }

  /** Returns the request that reads one key. */
  private static String request(ScanNode<?> node) {
    Set<String> openKeys = AccessChoice.openKeys(node.table());
    return node.table().paths().stream()
        .filter(path -> path.keys().size() == 1 && openKeys.contains(path.keys().get(0)))
        .map(AccessPath::estimatePerKey)
        .flatMap(List::stream)
        .map(RequestEstimate::request)
        .findFirst()
        .orElse("a request");
  }
}
