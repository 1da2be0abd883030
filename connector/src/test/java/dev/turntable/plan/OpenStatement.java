package dev.turntable.plan;

import java.util.function.Function;

/**
 * A statement over tables that nobody can list.
 *
 * @param kind its shape, for reports
 * @param model what it binds
 * @param text the statement; {@code true} gives another way to write it: inner joins in another
 *     order, outer joins mirrored, a derived table by WITH, IN as EXISTS. Where the judge's text
 *     has {@code {t0}} the set of that reference belongs.
 */
record OpenStatement(String kind, OpenModel model, Function<Boolean, TwoSql> text) {

  /** Returns the statement with its values as parameters. */
  String parameterized(boolean other) {
    return text.apply(other).ours();
  }

  /** Returns the statement with its values as literals. */
  String literal(boolean other) {
    TwoSql sql = text.apply(other);
    StringBuilder literal = new StringBuilder();
    String[] pieces = sql.ours().split("\\?", -1);
    for (int i = 0; i < pieces.length; i++) {
      literal.append(pieces[i]);
      if (i < sql.values().size()) {
        literal.append('\'').append(sql.values().get(i)).append('\'');
      }
    }
    return literal.toString();
  }

  /** Returns what the judge is asked. */
  String judged(OpenModel.Known known) {
    return new OpenSets(model, known).judged(text.apply(false).duck());
  }
}
