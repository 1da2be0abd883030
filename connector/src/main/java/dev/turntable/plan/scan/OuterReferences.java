package dev.turntable.plan.scan;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.jspecify.annotations.Nullable;

/** The columns of outer queries that a tree or an expression names, at any depth. */
public final class OuterReferences {
  private OuterReferences() {}

  /** Returns for each variable that a tree uses and does not set itself which fields of it. */
  public static Map<CorrelationId, Set<Integer>> in(RelNode rel) {
    Map<CorrelationId, Set<Integer>> used =
        new TreeMap<>(java.util.Comparator.comparingInt(CorrelationId::getId));
    collect(rel, used);
    return used;
  }

  /** The same of an expression, the sub-queries in it included. */
  public static Map<CorrelationId, Set<Integer>> in(RexNode node) {
    Map<CorrelationId, Set<Integer>> used =
        new TreeMap<>(java.util.Comparator.comparingInt(CorrelationId::getId));
    node.accept(collector(used));
    return used;
  }

  private static void collect(RelNode rel, Map<CorrelationId, Set<Integer>> used) {
    RexShuttle expressions = collector(used);
    if (rel instanceof SourceScan scan) {
      scan.filters().forEach(filter -> filter.accept(expressions));
    } else {
      rel.accept(expressions);
    }
    rel.getInputs().forEach(input -> collect(input, used));
    if (rel instanceof Apply apply) {
      used.remove(apply.variable());
    } else if (rel instanceof Correlate correlate) {
      used.remove(correlate.getCorrelationId());
    }
    rel.getVariablesSet().forEach(used::remove);
  }

  private static RexShuttle collector(Map<CorrelationId, Set<Integer>> used) {
    return new RexShuttle() {
      @Override
      public RexNode visitFieldAccess(RexFieldAccess access) {
        if (access.getReferenceExpr() instanceof RexCorrelVariable variable) {
          used.computeIfAbsent(variable.id, id -> new TreeSet<>())
              .add(access.getField().getIndex());
          return access;
        }
        return super.visitFieldAccess(access);
      }

      @Override
      public RexNode visitSubQuery(RexSubQuery subQuery) {
        collect(subQuery.rel, used);
        super.visitSubQuery(subQuery);
        return subQuery;
      }
    };
  }

  /** Returns what a tree uses of variables that it does not set, but for one of them. */
  public static List<RexFieldAccess> accesses(RelNode rel, CorrelationId but) {
    Map<CorrelationId, Set<Integer>> used = in(rel);
    used.remove(but);
    Map<String, RexFieldAccess> accesses = new TreeMap<>();
    RexShuttle finder =
        replacing(
            access -> {
              if (access.getReferenceExpr() instanceof RexCorrelVariable variable
                  && used.containsKey(variable.id)) {
                accesses.put(access.toString(), access);
              }
              return null;
            });
    visit(rel, finder);
    return List.copyOf(accesses.values());
  }

  private static void visit(RelNode rel, RexShuttle expressions) {
    if (rel instanceof SourceScan scan) {
      scan.filters().forEach(filter -> filter.accept(expressions));
    } else {
      rel.accept(expressions);
    }
    rel.getInputs().forEach(input -> visit(input, expressions));
  }

  /** Replaces references in a tree; where the function returns null, they stay. */
  public static RelNode replace(
      RelNode rel, Function<RexFieldAccess, @Nullable RexNode> replacement) {
    return rel.accept(
        new RelHomogeneousShuttle() {
          @Override
          public RelNode visit(RelNode other) {
            return super.visit(other).accept(replacing(replacement));
          }
        });
  }

  /** The same for an expression, with the sub-queries in it. */
  public static RexNode replace(
      RexNode node, Function<RexFieldAccess, @Nullable RexNode> replacement) {
    return node.accept(replacing(replacement));
  }

  private static RexShuttle replacing(Function<RexFieldAccess, @Nullable RexNode> replacement) {
    return new RexShuttle() {
      @Override
      public RexNode visitFieldAccess(RexFieldAccess access) {
        RexNode replaced = replacement.apply(access);
        return replaced == null ? super.visitFieldAccess(access) : replaced;
      }

      @Override
      public RexNode visitSubQuery(RexSubQuery subQuery) {
        RexSubQuery visited = (RexSubQuery) super.visitSubQuery(subQuery);
        RelNode inner = replace(visited.rel, replacement);
        return inner == visited.rel ? visited : visited.clone(inner);
      }
    };
  }
}
