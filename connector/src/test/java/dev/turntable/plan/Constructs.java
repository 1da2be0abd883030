package dev.turntable.plan;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Counts what statements are made of, and how often it decided the answer: a construct that never does
 * is a blind spot, whatever the number of statements that have it.
 */
final class Constructs {
  private static final class Count {
    private int made;
    private int tried;
    private int decided;
  }

  private final Judge judge;
  private final Map<String, Count> counts = new TreeMap<>();

  Constructs(Judge judge) {
    this.judge = judge;
  }

  /**
   * Counts all constructs of a statement, and asks the judge for its answer without one of them: the one
   * that has been tried least.
   */
  void count(RandomStatement statement) {
    List<TwoSql> pieces = new ArrayList<>();
    statement
        .sql()
        .forEach(
            piece -> {
              if (!piece.construct().isEmpty()) {
                pieces.add(piece);
              }
            });
    TwoSql least = null;
    for (TwoSql piece : pieces) {
      Count count = counts.computeIfAbsent(piece.construct(), kind -> new Count());
      count.made++;
      if (piece.without() != null && (least == null || count.tried < tried(least))) {
        least = piece;
      }
    }
    if (least != null) {
      tryWithout(statement, least);
    }
  }

  private int tried(TwoSql piece) {
    return Objects.requireNonNull(counts.get(piece.construct())).tried;
  }

  private void tryWithout(RandomStatement statement, TwoSql piece) {
    TwoSql whole = statement.sql();
    TwoSql without = whole.replaced(piece, Objects.requireNonNull(piece.without()));
    Count count = Objects.requireNonNull(counts.get(piece.construct()));
    try {
      List<String> before = texts(whole);
      List<String> after = texts(without);
      count.tried++;
      count.decided += before.equals(after) ? 0 : 1;
    } catch (SQLException e) {
      // Not every statement is one without every piece: that says nothing of either.
      return;
    }
  }

  /** In order: a construct may decide that alone. */
  private List<String> texts(TwoSql sql) throws SQLException {
    return judge.rows(sql.text(judge.reader())).stream().map(RowBag::text).toList();
  }

  /** The constructs that were tried so often, and never decided an answer. */
  List<String> idle(int often) {
    return counts.entrySet().stream()
        .filter(count -> count.getValue().tried >= often && count.getValue().decided == 0)
        .map(Map.Entry::getKey)
        .toList();
  }

  int made(String kind) {
    Count count = counts.get(kind);
    return count == null ? 0 : count.made;
  }

  /** Of each construct how often it was made, tried without, and how many of those decided. */
  String report() {
    StringBuilder report = new StringBuilder("constructs, made/tried without/decided the answer:");
    int column = 0;
    for (Map.Entry<String, Count> entry : counts.entrySet()) {
      Count count = entry.getValue();
      String kind = entry.getKey();
      String text =
          kind.substring(0, Math.min(34, kind.length()))
              + " "
              + count.made
              + (count.tried == 0 ? "" : "/" + count.tried + "/" + count.decided);
      report
          .append(column++ % 3 == 0 ? "\n  " : " ")
          .append(String.format(Locale.ROOT, "%-48s", text));
    }
    return report.append('\n').toString();
  }
}
