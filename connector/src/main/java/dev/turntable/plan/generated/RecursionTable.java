package dev.turntable.plan.generated;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import java.util.HashMap;
import java.util.Map;
import org.apache.calcite.DataContext;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.prepare.RelOptTableImpl;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelShuttleImpl;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.logical.LogicalRepeatUnion;
import org.apache.calcite.rel.logical.LogicalTableScan;
import org.apache.calcite.rel.logical.LogicalTableSpool;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.schema.ScannableTable;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.impl.ListTransientTable;
import org.jspecify.annotations.Nullable;

/**
 * The rows so far of a recursion. Calcite keeps them in the plan, under the name that the query gives:
 * executions of one plan would share them, and so would two recursions of one name. These are of one
 * recursion in one execution.
 */
final class RecursionTable extends ListTransientTable {
  private final String name;
  private final RelDataType type;

  private RecursionTable(String name, RelDataType type) {
    super(name, type);
    this.name = name;
    this.type = type;
  }

  /** Returns a tree whose recursions keep their rows apart. */
  static RelNode in(RelNode rel) {
    return rel.accept(new Apart());
  }

  /** Returns the same for another execution, without rows. */
  RecursionTable fresh() {
    return new RecursionTable(name, type);
  }

  /** Reads the rows of the execution; this one is of the plan, and stays empty. */
  @Override
  public Enumerable<@Nullable Object[]> scan(DataContext root) {
    Table own = root.getRootSchema() == null ? null : root.getRootSchema().tables().get(name);
    return own == null || own.equals(this) ? super.scan(root) : ((ScannableTable) own).scan(root);
  }

  /** Within a recursion its name is that of its own table, whatever it is outside. */
  private static final class Apart extends RelShuttleImpl {
    private final Map<String, RelOptTable> inside = new HashMap<>();
    private int count;

    @Override
    public RelNode visit(LogicalRepeatUnion union) {
      RelOptTable table = union.getTransientTable();
      if (table == null) {
        return super.visit(union);
      }
      String name = Iterables.getLast(table.getQualifiedName());
      RelOptTable own = own(table);
      RelOptTable outside = inside.put(name, own);
      RelNode seed = union.getSeedRel().accept(this);
      RelNode iteration = union.getIterativeRel().accept(this);
      inside.remove(name);
      if (outside != null) {
        inside.put(name, outside);
      }
      return LogicalRepeatUnion.create(seed, iteration, union.all, union.iterationLimit, own);
    }

    private RelOptTable own(RelOptTable table) {
      String name = "recursion" + count++;
      return RelOptTableImpl.create(
          table.getRelOptSchema(),
          table.getRowType(),
          new RecursionTable(name, table.getRowType()),
          ImmutableList.of(name));
    }

    @Override
    public RelNode visit(RelNode other) {
      return other instanceof LogicalTableSpool spool
          ? LogicalTableSpool.create(
              spool.getInput().accept(this),
              spool.readType,
              spool.writeType,
              known(spool.getTable()))
          : super.visit(other);
    }

    @Override
    public RelNode visit(TableScan scan) {
      return scan.getTable().unwrap(ListTransientTable.class) == null
          ? scan
          : LogicalTableScan.create(scan.getCluster(), known(scan.getTable()), scan.getHints());
    }

    private RelOptTable known(RelOptTable table) {
      return inside.getOrDefault(Iterables.getLast(table.getQualifiedName()), table);
    }
  }
}
