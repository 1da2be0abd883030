package dev.turntable.plan;

import dev.turntable.engine.Engine;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.TurntableException;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Runs one statement here and at a judge, and compares. */
final class Judging {
  /** What came of it. */
  enum Outcome {
    SAME,
    DIFFERENT,
    /** The order alone is another. */
    ORDER,
    /** Turntable failed. */
    FAILED,
    /** The judge lacks something. */
    CANNOT,
    /** The judge refuses it: the generator is wrong, or a reduced statement is none. */
    REFUSED
  }

  /**
   * A verdict.
   *
   * @param text what differs, or the failure; lines that begin with two blanks
   */
  record Verdict(Outcome outcome, String text) {
    boolean isFinding() {
      return outcome == Outcome.DIFFERENT || outcome == Outcome.ORDER || outcome == Outcome.FAILED;
    }

    /** Whether this is the same finding, of a smaller statement. */
    boolean isLike(Verdict other) {
      return outcome == other.outcome && (outcome != Outcome.FAILED || kind().equals(other.kind()));
    }

    /** Whether Turntable says that it cannot do this, as it may where only generated code can. */
    boolean isUnsupported() {
      return outcome == Outcome.FAILED && text.contains(ErrorKind.UNSUPPORTED + ": ");
    }

    /** A failure without the numbers in it, places in the statement above all. */
    private String kind() {
      String first = text.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
      return first.replaceAll("\\d+", "");
    }
  }

  private static final Verdict SAME = new Verdict(Outcome.SAME, "");

  private final Judge judge;

  Judging(Judge judge) {
    this.judge = judge;
  }

  Judge judge() {
    return judge;
  }

  Verdict verdict(RandomStatement statement, Engine engine) {
    List<List<@Nullable Object>> expected;
    try {
      TwoSql asked = Objects.requireNonNullElse(statement.unlimited(), statement.sql());
      expected = judge.rows(asked.text(judge.reader()));
    } catch (SQLException e) {
      return new Verdict(
          judge.cannot(e) ? Outcome.CANNOT : Outcome.REFUSED,
          "\n  " + judge.name() + ": " + e.getMessage());
    }
    List<List<@Nullable Object>> actual;
    try {
      TwoSql sql = statement.sql();
      actual = ServiceTables.rows(engine, sql.ours(), sql.values());
    } catch (TurntableException e) {
      return new Verdict(Outcome.FAILED, "\n  " + e.kind() + ": " + e);
    } catch (RuntimeException | Error e) {
      return new Verdict(Outcome.FAILED, "\n  " + e);
    }
    return compared(statement, expected, actual);
  }

  private static Verdict compared(
      RandomStatement statement,
      List<List<@Nullable Object>> expected,
      List<List<@Nullable Object>> actual) {
    RowBag expectedBag = new RowBag(expected);
    RowBag actualBag = new RowBag(actual);
    if (statement.unlimited() != null) {
      long size = Math.min(statement.limit(), expected.size());
      List<String> foreign = actualBag.minus(expectedBag);
      return actualBag.size() == size && foreign.isEmpty()
          ? SAME
          : new Verdict(
              Outcome.DIFFERENT, "\n  " + actualBag.size() + " rows instead of " + size + foreign);
    }
    String difference = expectedBag.difference(actualBag);
    if (!difference.isEmpty()) {
      return new Verdict(Outcome.DIFFERENT, difference);
    }
    if (!expected.isEmpty()
        && statement.order().stream().anyMatch(i -> i > expected.get(0).size())) {
      return new Verdict(Outcome.REFUSED, "\n  a reduced statement, whose order is by no column");
    }
    List<String> right = keys(statement, expected);
    List<String> ours = keys(statement, actual);
    return right.equals(ours)
        ? SAME
        : new Verdict(Outcome.ORDER, "\n  order: " + right + "\n  but was " + ours);
  }

  private static List<String> keys(RandomStatement statement, List<List<@Nullable Object>> rows) {
    return rows.stream()
        .map(row -> RowBag.text(statement.order().stream().map(i -> row.get(i - 1)).toList()))
        .toList();
  }
}
