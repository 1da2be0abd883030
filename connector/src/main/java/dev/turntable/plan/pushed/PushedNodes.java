package dev.turntable.plan.pushed;

import com.google.common.collect.ImmutableList;
import dev.turntable.eval.RexCompiler;
import dev.turntable.eval.SqlTypes;
import dev.turntable.plan.scan.Apply;
import dev.turntable.plan.scan.SourceScan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Intersect;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Minus;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.core.Window;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;

/**
 * Prints a tree: one SELECT for each node, over that of its input, with columns {@code c0}, {@code c1} and
 * so on. What may be one SELECT is left to the other database.
 */
final class PushedNodes {
  /** Longer texts come of expressions in each other that are named several times. */
  private static final int LONGEST = 1 << 18;

  private final RexBuilder builder;
  private final LateValues late;
  private final TextOrder texts;
  private final Map<String, List<String>> outer = new HashMap<>();
  private final List<SourceScan> scans = new ArrayList<>();
  private int aliases;

  PushedNodes(RexBuilder builder, TextOrder texts) {
    this.builder = builder;
    this.texts = texts;
    this.late = new LateValues(new RexCompiler(builder));
  }

  LateValues late() {
    return late;
  }

  /** Returns the scans; the number of each is part of its relation's name. */
  List<SourceScan> scans() {
    return scans;
  }

  static String relation(int scan) {
    return "s" + scan;
  }

  private String alias() {
    return "t" + aliases++;
  }

  String print(RelNode rel) {
    String sql = node(rel);
    if (sql.length() > LONGEST) {
      throw new UnprintableException("so long a text");
    }
    return sql;
  }

  private String node(RelNode rel) {
    if (rel instanceof SourceScan scan) {
      return scan(scan);
    }
    if (rel instanceof Project project) {
      return project(project);
    }
    if (rel instanceof Filter filter) {
      PushedRows from = from(filter.getInput());
      return from.select(from.all()) + " WHERE " + over(from).print(filter.getCondition());
    }
    if (rel instanceof Aggregate aggregate) {
      PushedRows from = from(aggregate.getInput());
      return new PushedAggregates(aggregate, texts, late).print(from);
    }
    if (rel instanceof Sort sort) {
      PushedRows from = from(sort.getInput());
      return from.select(from.all()) + order(sort, from);
    }
    if (rel instanceof Join join) {
      return join(join);
    }
    if (rel instanceof Apply apply) {
      return apply(apply);
    }
    if (rel instanceof SetOp setOp) {
      return setOp(setOp);
    }
    if (rel instanceof Values values) {
      return values(values);
    }
    if (rel instanceof Window window) {
      PushedRows from = from(window.getInput());
      return new PushedWindows(window, texts, late).print(from);
    }
    throw new UnprintableException(rel.getRelTypeName());
  }

  private PushedRows from(RelNode rel) {
    String alias = alias();
    return new PushedRows("(" + print(rel) + ") AS " + alias, alias, rel.getRowType());
  }

  private PushedExpressions over(PushedRows from) {
    return new PushedExpressions(builder, late, texts, outer, from::column);
  }

  private String scan(SourceScan scan) {
    String name = relation(scans.size());
    scans.add(scan);
    String alias = alias();
    List<RelDataTypeField> fields = scan.getTable().getRowType().getFieldList();
    List<String> columns =
        fields.stream().map(field -> alias + "." + quoted(field.getName())).toList();
    PushedExpressions expressions =
        new PushedExpressions(builder, late, texts, outer, columns::get);
    String sql =
        select(scan.columns().stream().map(columns::get).toList())
            + " FROM "
            + quoted(name)
            + " AS "
            + alias;
    if (!scan.filters().isEmpty()) {
      sql +=
          scan.filters().stream()
              .map(expressions::print)
              .collect(Collectors.joining(" AND ", " WHERE ", ""));
    }
    return scan.fetch() == null ? sql : sql + " LIMIT " + count(scan.fetch());
  }

  static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  private String count(RexNode rows) {
    return late.add(rows, true);
  }

  private String project(Project project) {
    // An order lasts no longer than the SELECT that makes it.
    Sort sort = project.getInput() instanceof Sort below ? below : null;
    PushedRows from = from(sort == null ? project.getInput() : sort.getInput());
    PushedExpressions expressions = over(from);
    List<String> values = new ArrayList<>();
    for (int i = 0; i < project.getProjects().size(); i++) {
      RelDataType type = project.getRowType().getFieldList().get(i).getType();
      values.add(expressions.as(project.getProjects().get(i), type));
    }
    return from.select(values) + (sort == null ? "" : order(sort, from));
  }

  private String order(Sort sort, PushedRows from) {
    String sql = "";
    if (!sort.getCollation().getFieldCollations().isEmpty()) {
      sql = " ORDER BY " + from.order(sort.getCollation(), texts);
    }
    if (sort.fetch != null) {
      sql += " LIMIT " + count(sort.fetch);
    }
    return sort.offset == null ? sql : sql + " OFFSET " + count(sort.offset);
  }

  private String join(Join join) {
    PushedRows left = from(join.getLeft());
    PushedRows right = from(join.getRight());
    String type =
        switch (join.getJoinType()) {
          case INNER -> " JOIN ";
          case LEFT -> " LEFT JOIN ";
          case RIGHT -> " RIGHT JOIN ";
          case FULL -> " FULL JOIN ";
          case SEMI -> " SEMI JOIN ";
          case ANTI -> " ANTI JOIN ";
          default -> throw new UnprintableException("a join " + join.getJoinType());
        };
    List<String> both = new ArrayList<>(left.all());
    both.addAll(right.all());
    PushedExpressions expressions = new PushedExpressions(builder, late, texts, outer, both::get);
    return select(join.getJoinType().projectsRight() ? both : left.all())
        + " FROM "
        + left.sql()
        + type
        + right.sql()
        + " ON "
        + expressions.print(join.getCondition());
  }

  private String apply(Apply apply) {
    PushedRows left = from(apply.getLeft());
    String variable = apply.variable().getName();
    outer.put(variable, apply.arguments().stream().map(left::column).toList());
    PushedRows right = from(apply.getRight());
    outer.remove(variable);
    List<String> values = new ArrayList<>(left.all());
    String inner = select(List.of(right.width() > 0 ? right.column(0) : "1"));
    switch (apply.kind()) {
      case INNER, LEFT -> {
        values.addAll(right.all());
        return select(values)
            + " FROM "
            + left.sql()
            + (apply.kind() == Apply.Kind.LEFT ? " LEFT" : "")
            + " JOIN LATERAL "
            + right.sql()
            + " ON TRUE";
      }
      case SCALAR -> values.add("(" + inner + " FROM " + right.sql() + ")");
      case EXISTS -> values.add("EXISTS (" + inner + " FROM " + right.sql() + ")");
      default -> values.add(any(apply, left, right));
    }
    return left.select(values);
  }

  private String any(Apply apply, PushedRows left, PushedRows right) {
    RelDataType probe = null;
    if (apply.probes().size() == 1) {
      probe = apply.getLeft().getRowType().getFieldList().get(apply.probes().get(0)).getType();
    }
    RelDataType inner = apply.getRight().getRowType().getFieldList().get(0).getType();
    String sign =
        switch (apply.comparison()) {
          case EQUALS -> "=";
          case NOT_EQUALS -> "<>";
          case LESS_THAN -> "<";
          case LESS_THAN_OR_EQUAL -> "<=";
          case GREATER_THAN -> ">";
          case GREATER_THAN_OR_EQUAL -> ">=";
          default -> throw new UnprintableException("ANY with " + apply.comparison());
        };
    if (probe == null || !PushedTypes.name(probe).equals(PushedTypes.name(inner))) {
      throw new UnprintableException("ANY of several columns, or of other types");
    }
    boolean ordered = SqlTypes.isText(probe) && !sign.equals("=") && !sign.equals("<>");
    String value = left.column(apply.probes().get(0));
    String found = right.column(0);
    return "("
        + (ordered ? texts.key(value) : value)
        + " "
        + sign
        + " ANY ("
        + select(List.of(ordered ? texts.key(found) : found))
        + " FROM "
        + right.sql()
        + "))";
  }

  private static String select(List<String> values) {
    return PushedRows.list(values);
  }

  private String setOp(SetOp setOp) {
    String sign =
        (setOp instanceof Union
                ? " UNION"
                : setOp instanceof Intersect
                    ? " INTERSECT"
                    : setOp instanceof Minus ? " EXCEPT" : "")
            + (setOp.all ? " ALL " : " ");
    if (sign.isBlank()) {
      throw new UnprintableException(setOp.getRelTypeName());
    }
    String sql = null;
    for (RelNode input : setOp.getInputs()) {
      PushedRows from = from(input);
      List<String> values = new ArrayList<>();
      for (int i = 0; i < from.width(); i++) {
        values.add(
            PushedCasts.cast(
                from.column(i),
                input.getRowType().getFieldList().get(i).getType(),
                setOp.getRowType().getFieldList().get(i).getType()));
      }
      String one = from.select(values);
      sql = sql == null ? one : "(" + sql + ")" + sign + "(" + one + ")";
    }
    return String.valueOf(sql);
  }

  private String values(Values values) {
    List<RelDataTypeField> fields = values.getRowType().getFieldList();
    if (values.getTuples().isEmpty()) {
      return select(fields.stream().map(field -> LateValue.literal(null, field.getType())).toList())
          + " WHERE FALSE";
    }
    List<String> rows = new ArrayList<>();
    for (ImmutableList<RexLiteral> tuple : values.getTuples()) {
      List<String> row = new ArrayList<>();
      for (int i = 0; i < tuple.size(); i++) {
        row.add(value(tuple.get(i), fields.get(i).getType()));
      }
      rows.add(select(row));
    }
    return String.join(" UNION ALL ", rows);
  }

  private String value(RexLiteral literal, RelDataType type) {
    PushedTypes.name(type);
    return literal.isNull() ? LateValue.literal(null, type) : late.add(literal, type);
  }
}
