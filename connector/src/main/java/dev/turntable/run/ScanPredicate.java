package dev.turntable.run;

import dev.turntable.source.Column;
import dev.turntable.source.ColumnFilter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the rows of a scan must fulfil: as access paths may use it, and as it is checked again on every
 * row.
 *
 * @param conditions what the access paths may use of the predicate
 * @param premises parts of the predicate that read no column: no row can match unless all are true
 * @param check the whole predicate over a row of all columns, or null if there is none
 * @param checkedColumns the columns that the check reads
 * @param residual whether the predicate holds more than the conditions
 */
public record ScanPredicate(
    List<PushedCondition> conditions,
    List<Scalar> premises,
    @Nullable Scalar check,
    Set<Integer> checkedColumns,
    boolean residual) {
  public ScanPredicate {
    conditions = List.copyOf(conditions);
    premises = List.copyOf(premises);
    checkedColumns = Set.copyOf(checkedColumns);
  }

  /** Returns what is known of the columns of a table, or null if no row can match. */
  @Nullable Map<String, ColumnFilter> filters(
      List<? extends Column<?>> columns, Execution execution) {
    return premises.stream().anyMatch(execution::isNotTrue)
        ? null
        : ColumnFilters.evaluate(columns, conditions, execution);
  }

  /** Returns whether {@link #filters} says all that the conditions do. */
  boolean isSaidByFilters(List<? extends Column<?>> columns, Execution execution) {
    return ColumnFilters.areWhole(columns, conditions, execution);
  }
}
