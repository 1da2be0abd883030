package dev.turntable.jdbc.faults;

import dev.turntable.jdbc.faults.Cell.Result;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * In which rows an answer differs from the right one, whatever their order. Where the columns differ
 * too, those are compared that both have.
 *
 * @param missing those of the right answer that it lacks
 * @param added those that it has besides
 */
record Difference(List<List<String>> missing, List<List<String>> added) {

  static Difference of(Result right, Result result) {
    List<String> columns = new ArrayList<>(right.columns());
    columns.retainAll(result.columns());
    List<List<String>> missing = of(right, columns);
    List<List<String>> added = new ArrayList<>();
    for (List<String> row : of(result, columns)) {
      if (!missing.remove(row)) {
        added.add(row);
      }
    }
    return new Difference(missing, added);
  }

  private static List<List<String>> of(Result result, List<String> columns) {
    List<Integer> places = columns.stream().map(result.columns()::indexOf).toList();
    List<List<String>> rows = new ArrayList<>();
    for (List<String> row : result.rows()) {
      rows.add(places.stream().map(row::get).toList());
    }
    return rows;
  }

  boolean isNone() {
    return missing.isEmpty() && added.isEmpty();
  }

  /** Whether one record of the service is another one. */
  boolean isOfOneRecord() {
    return missing.size() == 1 && added.size() == 1;
  }

  /** Whether nothing is missing but all rows of some keys. */
  boolean isOfMissingKeys(Result right, String key) {
    int at = right.columns().indexOf(key);
    Set<String> keys = new HashSet<>();
    missing.forEach(row -> keys.add(row.get(at)));
    long all = right.rows().stream().filter(row -> keys.contains(row.get(at))).count();
    return added.isEmpty() && all == missing.size();
  }

  boolean isOneMore() {
    return missing.isEmpty() && added.size() == 1;
  }

  boolean isOneLess() {
    return missing.size() == 1 && added.isEmpty();
  }

  /** Whether the rows are the same but for what a page says of all of them, such as a range of time. */
  boolean isOfTwoColumns() {
    if (missing.size() != added.size()) {
      return false;
    }
    int columns = missing.isEmpty() ? 0 : missing.get(0).size();
    for (int i = 0; i < columns; i++) {
      for (int j = i; j < columns; j++) {
        if (without(missing, i, j).equals(without(added, i, j))) {
          return true;
        }
      }
    }
    return missing.isEmpty();
  }

  private static List<String> without(List<List<String>> rows, int one, int other) {
    List<String> texts = new ArrayList<>();
    for (List<String> row : rows) {
      List<String> rest = new ArrayList<>(row);
      rest.set(one, "");
      rest.set(other, "");
      texts.add(rest.toString());
    }
    texts.sort(null);
    return texts;
  }

  @Override
  public String toString() {
    return missing.size() + " rows are missing, " + added.size() + " are new";
  }
}
