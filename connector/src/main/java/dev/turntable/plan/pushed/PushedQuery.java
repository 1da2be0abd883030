package dev.turntable.plan.pushed;

import dev.turntable.plan.scan.OuterReferences;
import dev.turntable.plan.scan.ScanNodeFactory;
import dev.turntable.plan.scan.SourceScan;
import dev.turntable.run.Execution;
import dev.turntable.run.KeptScan;
import dev.turntable.run.Operator;
import dev.turntable.run.ScanNode;
import dev.turntable.source.AccessPath;
import dev.turntable.source.AgeText;
import dev.turntable.source.ColumnType;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.KeptDatabase;
import dev.turntable.source.KeptRows;
import dev.turntable.source.TurntableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.jspecify.annotations.Nullable;

/**
 * A tree as one query of a database on this machine. Each execution finds out anew whether that has all
 * rows that are wanted; if not, the operators run.
 */
public final class PushedQuery {
  /** A property of the system, for tests of the operators. */
  private static final String OPERATORS_ONLY = "turntable.operatorsOnly";

  private final Text text;
  private final @Nullable Text byKeys;
  private final List<ScanNode<?>> scans;
  private final List<ColumnType> types;

  /** A text, and what each execution puts into it. */
  private record Text(String sql, LateValues late) {
    String filled(Execution execution) {
      return late.fill(sql, execution);
    }
  }

  /**
   * @param text the query
   * @param byKeys the same for texts that are ordered otherwise there; null if none are compared for order
   */
  private PushedQuery(
      Text text, @Nullable Text byKeys, List<ScanNode<?>> scans, List<ColumnType> types) {
    this.text = text;
    this.byKeys = byKeys;
    this.scans = scans;
    this.types = types;
  }

  /**
   * What came of printing a tree.
   *
   * @param query the query, or null if not all of the tree means the same there, or rows are kept nowhere
   * @param refusal what does not, as in {@code the function SOUNDEX}; empty if there is a query
   */
  public record Attempt(@Nullable PushedQuery query, String refusal) {}

  /** Prints a tree. */
  public static Attempt of(RelNode rel) {
    try {
      PushedQuery query = printed(rel);
      return new Attempt(query, query == null ? "tables that no store keeps, or none" : "");
    } catch (UnprintableException e) {
      return new Attempt(null, String.valueOf(e.getMessage()));
    } catch (StackOverflowError e) {
      return new Attempt(null, "so deep an expression");
    }
  }

  /** Most connections have no store, and pay for no text. */
  private static boolean isAnyKept(RelNode rel) {
    if (rel instanceof SourceScan scan) {
      return isKept(scan);
    }
    return rel.getInputs().stream().anyMatch(PushedQuery::isAnyKept);
  }

  private static boolean isKept(SourceScan scan) {
    return scan.definition().paths().stream().anyMatch(AccessPath::looksUpKeys);
  }

  private static @Nullable PushedQuery printed(RelNode rel) {
    if (!isAnyKept(rel)) {
      return null;
    }
    List<ColumnType> types =
        rel.getRowType().getFieldList().stream()
            .map(field -> PushedTypes.column(field.getType()))
            .toList();
    TextOrder order = new TextOrder(false);
    PushedNodes nodes = new PushedNodes(rel.getCluster().getRexBuilder(), order);
    Text text = new Text(nodes.print(rel), nodes.late());
    Text byKeys = null;
    if (order.isUsed()) {
      PushedNodes keyed = new PushedNodes(rel.getCluster().getRexBuilder(), new TextOrder(true));
      byKeys = new Text(keyed.print(rel), keyed.late());
    }
    List<ScanNode<?>> scans = new ArrayList<>();
    for (SourceScan scan : nodes.scans()) {
      if (!isKept(scan)) {
        return null;
      }
      scans.add(node(scan));
    }
    return scans.isEmpty() ? null : new PushedQuery(text, byKeys, scans, types);
  }

  /** Returns what reads all columns that the query names of a scan, whatever outer row there is. */
  private static ScanNode<?> node(SourceScan scan) {
    List<RexNode> own = new ArrayList<>();
    for (RexNode filter : scan.filters()) {
      if (OuterReferences.in(filter).isEmpty()) {
        own.add(filter);
      }
    }
    Set<Integer> columns = new LinkedHashSet<>(scan.columns());
    RexNode all = RexUtil.composeConjunction(scan.getCluster().getRexBuilder(), scan.filters());
    columns.addAll(RelOptUtil.InputFinder.bits(all).asList());
    SourceScan whole = scan.withFetch(null).withFilters(own).withColumns(List.copyOf(columns));
    return ScanNodeFactory.of(whole, Map.of(), false, List.of());
  }

  /** Returns the rows of an execution, or null if it is for the operators to find them. */
  public @Nullable Operator open(Execution execution) {
    if (Boolean.getBoolean(OPERATORS_ONLY)) {
      return null;
    }
    try {
      return opened(execution);
    } catch (UnprintableException e) {
      return null;
    } catch (TurntableException e) {
      execution.scope().ensureOpen();
      if (isOfExecution(e.kind())) {
        throw e;
      }
      return null; // whatever it is, the operators tell it, unless they can do without
    }
  }

  private static boolean isOfExecution(ErrorKind kind) {
    return switch (kind) {
      case CANCELLED, TIMEOUT, TOO_LARGE, DISK_FULL, CLOSED -> true;
      default -> false;
    };
  }

  private @Nullable Operator opened(Execution execution) {
    boolean asBytes = byKeys == null || !byKeys.late().hasMisplaced(execution);
    Map<String, List<KeptRows>> relations = new LinkedHashMap<>();
    List<KeptScan.Found> found = new ArrayList<>();
    KeptDatabase database = null;
    for (int i = 0; i < scans.size(); i++) {
      KeptScan.Found scan = KeptScan.find(scans.get(i), true, execution);
      if (scan == null) {
        return null;
      }
      for (KeptRows rows : scan.rows()) {
        if (database != null && !database.equals(rows.database())) {
          return null;
        }
        database = rows.database();
      }
      asBytes = asBytes && (byKeys == null || ordersByBytes(scans.get(i), scan.rows()));
      found.add(scan);
      relations.put(PushedNodes.relation(i), scan.rows());
    }
    if (database == null) {
      return null;
    }
    Text asked = asBytes || byKeys == null ? text : byKeys;
    String filled = asked.filled(execution);
    String limited = execution.maxRows() > 0 ? limited(filled, execution.maxRows()) : filled;
    KeptDatabase.Rows rows = database.query(limited, relations, types);
    if (rows == null) {
      return null;
    }
    found.forEach(each -> each.told().run());
    execution.scope().answerWhole();
    return new PushedOperator(rows, execution, () -> found.forEach(KeptScan.Found::tell));
  }

  private static boolean ordersByBytes(ScanNode<?> scan, List<KeptRows> rows) {
    return rows.stream().allMatch(each -> each.ordersTextsByBytes(scan.neededColumns()));
  }

  /** The caller takes no more; what comes first is the same. */
  private static String limited(String text, long rows) {
    return text.contains(" LIMIT ") || text.contains(" OFFSET ") ? text : text + " LIMIT " + rows;
  }

  /** Returns the query with the values of an execution, line by line; what it reads has names alone. */
  public List<String> shown(Execution execution) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < scans.size(); i++) {
      ScanNode<?> scan = scans.get(i);
      String name = scan.schema() + "." + scan.table().name();
      lines.add("-- " + PushedNodes.relation(i) + ": the rows of " + name + " that the store has");
    }
    try {
      lines.addAll(PushedText.lines(text.filled(execution)));
    } catch (UnprintableException e) {
      return List.of("not for the store: " + e.getMessage());
    }
    return lines;
  }

  /**
   * Returns what EXPLAIN tells where no request would be sent, or null if one would, or that is not known.
   * Waits for nobody.
   */
  public @Nullable List<String> explain(Execution execution) {
    Instant oldest = Instant.MAX;
    try {
      for (ScanNode<?> scan : scans) {
        KeptScan.Found found = KeptScan.find(scan, false, execution);
        if (found == null) {
          return null;
        }
        for (KeptRows rows : found.rows()) {
          oldest = rows.readAt().isBefore(oldest) ? rows.readAt() : oldest;
        }
      }
    } catch (TurntableException e) {
      return null; // told where it runs
    }
    List<String> lines = new ArrayList<>();
    Duration age = Duration.between(oldest, Instant.now());
    lines.add("store: whole statement, age at most " + AgeText.text(age));
    return lines;
  }
}
