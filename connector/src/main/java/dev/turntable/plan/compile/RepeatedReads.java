package dev.turntable.plan.compile;

import dev.turntable.plan.scan.Apply;
import dev.turntable.plan.scan.SourceScan;
import dev.turntable.source.AccessPath;
import dev.turntable.source.StatementScope;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelVisitor;
import org.jspecify.annotations.Nullable;

/**
 * What running a tree may read more than once.
 *
 * @param any whether two scans, or the batches of one join, may ask the same
 * @param columns the positions of the columns wanted of the tables that may be read more than once,
 *     by their qualified names
 * @param paths of all tables, where more than one is read
 */
public record RepeatedReads(
    boolean any, Map<String, Set<Integer>> columns, List<AccessPath<?>> paths) {
  public static RepeatedReads in(RelNode rel) {
    Map<String, Integer> scans = new HashMap<>();
    Map<String, Set<Integer>> columns = new HashMap<>();
    Set<AccessPath<?>> paths = new LinkedHashSet<>();
    new RelVisitor() {
      @Override
      public void visit(RelNode node, int ordinal, @Nullable RelNode parent) {
        if (node instanceof SourceScan scan) {
          String table = scan.sourceTable().schema() + "." + scan.definition().name();
          // A sub-query may run many times.
          scans.merge(table, parent instanceof Apply ? 2 : 1, Integer::sum);
          paths.addAll(scan.definition().paths());
          Set<Integer> wanted = columns.computeIfAbsent(table, name -> new HashSet<>());
          wanted.addAll(scan.columns());
          wanted.addAll(RelOptUtil.InputFinder.bits(scan.filters(), null).asSet());
        }
        super.visit(node, ordinal, parent);
      }
    }.go(rel);
    columns.keySet().removeIf(table -> scans.getOrDefault(table, 0) < 2);
    boolean any = scans.values().stream().mapToInt(Integer::intValue).sum() > 1;
    return new RepeatedReads(any, columns, any ? List.copyOf(paths) : List.of());
  }

  /** Lets paths look up what they know, before one of them reads what adds to it. */
  public void begin(StatementScope scope) {
    paths.forEach(path -> path.begin(scope));
  }
}
