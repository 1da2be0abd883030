package dev.turntable.plan.explain;

import dev.turntable.plan.compile.Plan;
import dev.turntable.plan.scan.SourceTable;
import dev.turntable.run.Execution;
import dev.turntable.source.RequestEstimate;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** The lines of EXPLAIN for statements that write. */
public final class WriteLines {
  private final List<String> lines = new ArrayList<>();

  private WriteLines(String title) {
    lines.add(title);
  }

  /** Begins an INSERT. */
  public static WriteLines insertInto(SourceTable table) {
    return new WriteLines("Insert into " + table);
  }

  /** Begins a DELETE. */
  public static WriteLines deleteFrom(SourceTable table) {
    return new WriteLines("Delete from " + table);
  }

  /** Says which columns of the written rows it returns; nothing if there are none. */
  public WriteLines returning(List<String> columns) {
    if (!columns.isEmpty()) {
      lines.set(0, lines.get(0) + " returning " + String.join(", ", columns));
    }
    return this;
  }

  /** Says that each written row is read again, by its keys. */
  public WriteLines readBack(List<String> keys) {
    lines.addAll(
        Explain.below(List.of("read back by " + String.join(", ", keys) + ", row by row")));
    return this;
  }

  /** Adds the requests that write rows which are known already. */
  public WriteLines requests(List<RequestEstimate> estimates) {
    lines.addAll(Explain.below(estimates.stream().map(RequestEstimate::toString).toList()));
    return this;
  }

  /**
   * Adds the requests that write rows of an INSERT which are read first.
   *
   * @param ofOneRow the requests of any one row
   * @param most how many rows there are at most, if the statement says so
   */
  public WriteLines requestsPerSourceRow(List<RequestEstimate> ofOneRow, OptionalLong most) {
    String bound = most.isEmpty() ? "" : ", " + most.getAsLong() + " at most";
    return requestsPer("row of the source" + bound, ofOneRow);
  }

  /**
   * Adds the requests that write rows of a DELETE which are read first.
   *
   * @param ofOneRow the requests of any one row
   */
  public WriteLines requestsPerMatchingRow(List<RequestEstimate> ofOneRow) {
    return requestsPer("matching row", ofOneRow);
  }

  private WriteLines requestsPer(String row, List<RequestEstimate> ofOneRow) {
    ofOneRow.forEach(
        each -> lines.addAll(Explain.below(List.of(each.request() + " one per " + row))));
    return this;
  }

  /** Adds the plan that reads what is written. */
  public WriteLines reading(Plan plan, Execution execution) {
    lines.addAll(Explain.below(Explain.lines(plan, execution)));
    return this;
  }

  /** Returns all lines. */
  public List<String> lines() {
    return lines;
  }
}
