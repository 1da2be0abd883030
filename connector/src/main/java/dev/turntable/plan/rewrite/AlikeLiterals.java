package dev.turntable.plan.rewrite;

import static java.util.Objects.requireNonNull;

import dev.turntable.plan.type.SourceColumns;
import dev.turntable.plan.type.SqlTypeFactory;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.NlsString;
import org.apache.calcite.util.TimeString;
import org.apache.calcite.util.TimestampString;

/**
 * Builds expressions in which all texts, and all times, that a column equals are literals of one type.
 * Calcite drops an equality of two columns that both equal literals of different types, whatever their
 * values: {@code x = y AND x = 'a' AND y BETWEEN 'b' AND 'b'} would have rows, as the second text is a
 * VARCHAR(1) and the first has the type of its column. Numbers it compares by their values.
 */
final class AlikeLiterals extends RexBuilder {
  AlikeLiterals() {
    super(SqlTypeFactory.INSTANCE);
  }

  @Override
  public RexNode makeCall(
      SqlParserPos place, RelDataType type, SqlOperator operator, List<RexNode> operands) {
    return super.makeCall(
        place, type, operator, isEquality(operator, operands) ? alike(operands) : operands);
  }

  @Override
  public RexNode makeCall(
      SqlParserPos place, SqlOperator operator, List<? extends RexNode> operands) {
    return super.makeCall(
        place, operator, isEquality(operator, operands) ? alike(operands) : operands);
  }

  private static boolean isEquality(SqlOperator operator, List<? extends RexNode> operands) {
    return operator.getKind() == SqlKind.EQUALS && operands.size() == 2;
  }

  private List<RexNode> alike(List<? extends RexNode> operands) {
    RexNode left = operands.get(0);
    RexNode right = operands.get(1);
    return List.of(alike(left, right), alike(right, left));
  }

  private RexNode alike(RexNode node, RexNode other) {
    return node instanceof RexLiteral literal
            && !literal.isNull()
            && RexUtil.isReferenceOrAccess(other, true)
        ? alike(literal)
        : node;
  }

  private RexLiteral alike(RexLiteral literal) {
    SqlTypeName kind = literal.getTypeName();
    return switch (kind) {
      case CHAR ->
          makeLiteral(
              value(literal, NlsString.class),
              typeFactory.createSqlType(SqlTypeName.VARCHAR),
              kind);
      case TIME -> makeLiteral(value(literal, TimeString.class), time(kind), kind);
      case TIMESTAMP -> makeLiteral(value(literal, TimestampString.class), time(kind), kind);
      default -> literal;
    };
  }

  private static <V> V value(RexLiteral literal, Class<V> form) {
    return requireNonNull(literal.getValueAs(form));
  }

  private RelDataType time(SqlTypeName name) {
    return typeFactory.createSqlType(name, SourceColumns.TIMESTAMP_PRECISION);
  }
}
