package dev.turntable.run;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads its input once, as far as it is asked for, however often it is opened: for parts of a
 * sub-query that are the same for every outer row, or for every row of a query further out.
 *
 * @param input what is read
 * @param variables the outer rows that the input depends on; when one changes, it is read anew
 */
public record Spool(RowNode input, List<String> variables) implements RowNode {
  public Spool {
    variables = List.copyOf(variables);
  }

  @Override
  public Operator open(Execution execution) {
    Rows rows = execution.kept(this, () -> new Rows(execution));
    rows.refresh();
    return new Operator() {
      private int next;

      @Override
      public @Nullable Object @Nullable [] next() {
        return rows.row(next++);
      }

      @Override
      public void close() {}
    };
  }

  private final class Rows implements NodeState {
    private final Execution execution;
    private final MemoryTracker held;
    private final List<@Nullable Object[]> read = new ArrayList<>();
    private List<Long> versions = List.of();
    private @Nullable Operator source;
    private boolean ended;

    Rows(Execution execution) {
      this.execution = execution;
      this.held = new MemoryTracker(execution, "a sub-query");
    }

    void refresh() {
      List<Long> now = variables.stream().map(name -> execution.outerRow(name).changes()).toList();
      if (!now.equals(versions)) {
        close();
        versions = now;
      }
    }

    @Nullable Object @Nullable [] row(int index) {
      held.tick();
      if (index < read.size()) {
        return read.get(index);
      }
      if (ended) {
        return null;
      }
      if (source == null) {
        source = input.open(execution);
      }
      @Nullable Object[] row = source.next();
      if (row == null) {
        ended = true;
        source.close();
        source = null;
        return null;
      }
      held.add(row);
      read.add(row);
      return row;
    }

    @Override
    public void close() {
      if (source != null) {
        source.close();
        source = null;
      }
      held.releaseAll();
      read.clear();
      ended = false;
    }
  }
}
