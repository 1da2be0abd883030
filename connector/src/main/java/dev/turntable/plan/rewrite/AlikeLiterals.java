package dev.turntable.plan.rewrite;

import static java.util.Objects.requireNonNull;

import dev.turntable.plan.type.SqlTypeFactory;
import java.util.ArrayList;
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
  /** Milliseconds. */
  private static final int FRACTION = 3;

  AlikeLiterals() {
    super(SqlTypeFactory.INSTANCE);
  }

  @Override
  public RexNode makeCall(
      SqlParserPos place, RelDataType type, SqlOperator operator, List<RexNode> operands) {
    return super.makeCall(place, type, operator, alike(operator, operands));
  }

  @Override
  public RexNode makeCall(
      SqlParserPos place, SqlOperator operator, List<? extends RexNode> operands) {
    return super.makeCall(place, operator, alike(operator, operands));
  }

  private List<RexNode> alike(SqlOperator operator, List<? extends RexNode> operands) {
    List<RexNode> alike = new ArrayList<>(operands);
    if (operator.getKind() == SqlKind.EQUALS && operands.size() == 2) {
      for (int i = 0; i < 2; i++) {
        if (operands.get(i) instanceof RexLiteral literal
            && !literal.isNull()
            && RexUtil.isReferenceOrAccess(operands.get(1 - i), true)) {
          alike.set(i, alike(literal));
        }
      }
    }
    return alike;
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
    return typeFactory.createSqlType(name, FRACTION);
  }
}
