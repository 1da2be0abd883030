package dev.turntable.plan.scan;

import dev.turntable.run.BoundKeys;
import java.util.Set;
import java.util.function.Function;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;

/** Numbers the references of a converted statement, and finds what it binds to their keys. */
public final class TableReferences extends RelHomogeneousShuttle {
  private final Function<TableReferenceView, BoundKeys> compiler;
  private int count;

  private final RexShuttle subQueries =
      new RexShuttle() {
        @Override
        public RexNode visitSubQuery(RexSubQuery subQuery) {
          RexSubQuery visited = (RexSubQuery) super.visitSubQuery(subQuery);
          return visited.clone(visited.rel.accept(TableReferences.this));
        }
      };

  /** Calcite's shuttles remember where they are: one per tree. */
  private TableReferences(Function<TableReferenceView, BoundKeys> compiler) {
    this.compiler = compiler;
  }

  /**
   * Returns the tree with a view of its reference in every scan. Looks at a tree as it was converted,
   * before anything is simplified: what a statement binds depends on what it says, not on how it is
   * planned.
   *
   * @param compiler compiles what the statement binds to the keys of a reference
   */
  public static RelNode find(RelNode rel, Function<TableReferenceView, BoundKeys> compiler) {
    TableReferences references = new TableReferences(compiler);
    RelNode numbered = rel.accept(references);
    KeyBindings.find(numbered);
    return numbered;
  }

  @Override
  public RelNode visit(TableScan scan) {
    if (!(scan instanceof SourceScan source)) {
      return scan;
    }
    TableReference reference = new TableReference(count++, source.sourceTable(), source);
    return source.withView(new TableReferenceView(reference, Set.of(reference.number()), compiler));
  }

  @Override
  public RelNode visit(RelNode other) {
    return super.visit(other).accept(subQueries);
  }
}
