package dev.turntable.plan;

import dev.turntable.plan.OpenModel.Edge;
import dev.turntable.plan.OpenModel.Known;
import dev.turntable.plan.OpenModel.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The rows that each reference stands for, K and B, as queries of the judge, which holds all rows
 * that there are.
 *
 * @param known what the connection knows
 */
record OpenSets(OpenModel model, Known known) {

  /** Returns the judge's statement with the set of every reference in its place. */
  String judged(String statement) {
    String text = statement;
    for (Reference reference : model.references()) {
      String set = "(" + set(reference, Set.of()) + ") AS " + reference.alias();
      text = text.replace(reference.place(), set);
    }
    return text;
  }

  /**
   * Returns a query of the keys that the statement binds to a reference, which may have no rows.
   */
  Optional<String> keys(Reference reference) {
    List<String> keys =
        reference.table().key().map(key -> bound(reference, key, Set.of())).orElse(List.of());
    return keys.isEmpty() ? Optional.empty() : Optional.of(String.join(" UNION ", keys));
  }

  /**
   * Returns the rows that a reference stands for.
   *
   * @param through the references that keys on their way came through
   */
  private String set(Reference reference, Set<Reference> through) {
    OpenTable table = reference.table();
    if (table.isValues()) {
      return "SELECT * FROM (VALUES " + reference.values() + ") AS v (k, n)";
    }
    String all = "SELECT * FROM " + table.name();
    if (table.key().isEmpty()) {
      return all;
    }
    String listed = known.isSource(table) ? known.flag() : "FALSE";
    String rows = listed + named(reference, table.key().get(), through);
    if (table == OpenTable.WORKERS) {
      // A worker has a row for its latest task, and one for each task that is asked for.
      String tasks = "task_id IS NULL" + named(reference, "task_id", through);
      return all + " WHERE (" + rows + ") AND (" + tasks + ")";
    }
    return all + " WHERE " + rows;
  }

  /** Returns B. */
  private String named(Reference reference, String column, Set<Reference> through) {
    return bound(reference, column, through).stream()
        .map(keys -> " OR " + column + " IN (" + keys + ")")
        .collect(Collectors.joining());
  }

  /** Returns queries of all values that are bound to a column. */
  private List<String> bound(Reference reference, String column, Set<Reference> through) {
    List<String> keys = new ArrayList<>();
    Set<String> constants = reference.constants(column);
    if (!constants.isEmpty()) {
      keys.add(
          constants.stream()
              .collect(Collectors.joining("), (", "SELECT * FROM (VALUES (", ")) c")));
    }
    for (Edge edge : model.edges(reference, through)) {
      if (edge.toColumn().equals(column)) {
        keys.add(passing(edge, OpenModel.with(through, reference)));
      }
    }
    return keys;
  }

  /** The values in those rows that pass the conditions on their reference alone. */
  private String passing(Edge edge, Set<Reference> through) {
    Reference from = edge.from();
    List<String> conditions = new ArrayList<>(from.alone());
    conditions.addAll(edge.alone());
    conditions.add(from.alias() + "." + edge.fromColumn() + " IS NOT NULL");
    return "SELECT %s.%s FROM (%s) AS %s WHERE (%s)"
        .formatted(
            from.alias(),
            edge.fromColumn(),
            set(from, through),
            from.alias(),
            String.join(") AND (", conditions));
  }
}
