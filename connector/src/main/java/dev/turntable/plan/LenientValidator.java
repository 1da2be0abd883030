package dev.turntable.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.config.NullCollation;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorCatalogReader;
import org.apache.calcite.sql.validate.SqlValidatorImpl;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.jspecify.annotations.Nullable;

/**
 * Validates as Calcite does; a parameter whose type nothing tells is text, and one that Calcite's
 * rewriting put in several places (COALESCE, NULLIF) has one type and counts once.
 */
final class LenientValidator extends SqlValidatorImpl {
  private final Map<Integer, RelDataType> parameters = new HashMap<>();

  LenientValidator(SqlValidatorCatalogReader catalog) {
    super(
        Operators.INSTANCE,
        catalog,
        RelPlanner.TYPES,
        SqlValidator.Config.DEFAULT
            .withConformance(Leniency.INSTANCE)
            .withDefaultNullCollation(NullCollation.HIGH)
            .withIdentifierExpansion(true)
            .withTypeCoercionEnabled(true)
            .withTypeCoercionFactory(LenientCoercion::new));
  }

  @Override
  protected void inferUnknownTypes(
      RelDataType inferredType, SqlValidatorScope scope, SqlNode node) {
    if (isNullTest(node)) {
      return; // tells nothing; another place of the same parameter may
    }
    if (!(node instanceof SqlDynamicParam parameter)) {
      if (node instanceof SqlCase branches) {
        tell(inferredType, scope, branches(branches));
      } else if (node.getKind() == SqlKind.IN || node.getKind() == SqlKind.NOT_IN) {
        tell(unknownType, scope, sides((SqlCall) node));
      }
      super.inferUnknownTypes(inferredType, scope, node);
      return;
    }
    RelDataType known = parameters.get(parameter.getIndex());
    RelDataType told = inferredType.equals(unknownType) ? text() : inferredType;
    super.inferUnknownTypes(known == null ? told : known, scope, node);
    parameters.putIfAbsent(parameter.getIndex(), getValidatedNodeType(node));
  }

  /** Gives the parameters among nodes of one type the type of the others, which Calcite does not. */
  private void tell(RelDataType inferredType, SqlValidatorScope scope, List<SqlNode> nodes) {
    RelDataType type = inferredType.equals(unknownType) ? common(scope, nodes) : inferredType;
    if (type != null && nodes.stream().anyMatch(SqlDynamicParam.class::isInstance)) {
      for (SqlNode node : nodes) {
        if (node instanceof SqlDynamicParam) {
          inferUnknownTypes(type, scope, node);
        }
      }
    }
  }

  private @Nullable RelDataType common(SqlValidatorScope scope, List<SqlNode> nodes) {
    if (nodes.stream().noneMatch(SqlDynamicParam.class::isInstance)) {
      return null;
    }
    List<RelDataType> types =
        nodes.stream()
            .filter(node -> !(node instanceof SqlDynamicParam))
            .filter(node -> !SqlUtil.isNullLiteral(node, false))
            .map(node -> deriveType(scope, node))
            .filter(type -> !type.equals(unknownType))
            .toList();
    return types.isEmpty() ? null : typeFactory.leastRestrictive(types);
  }

  private static List<SqlNode> branches(SqlCase branches) {
    List<SqlNode> nodes = new ArrayList<>();
    branches.getThenOperands().forEach(branch -> nodes.add(bare(branch)));
    SqlNode last = branches.getElseOperand();
    if (last != null) {
      nodes.add(bare(last));
    }
    return nodes;
  }

  /** What COALESCE has become: its operands are marked as not null where they are used. */
  private static SqlNode bare(SqlNode branch) {
    return branch.getKind() == SqlKind.CAST_NOT_NULL ? ((SqlCall) branch).operand(0) : branch;
  }

  private static List<SqlNode> sides(SqlCall in) {
    List<SqlNode> nodes = new ArrayList<>();
    if (in.operand(1) instanceof SqlNodeList list) {
      nodes.add(in.operand(0));
      nodes.addAll(list.getList());
    }
    return nodes;
  }

  private static boolean isNullTest(SqlNode node) {
    return node instanceof SqlCall call
        && (call.getKind() == SqlKind.IS_NULL || call.getKind() == SqlKind.IS_NOT_NULL)
        && call.operand(0) instanceof SqlDynamicParam;
  }

  private RelDataType text() {
    return typeFactory.createTypeWithNullability(
        typeFactory.createSqlType(SqlTypeName.VARCHAR), true);
  }

  @Override
  public @Nullable RelDataType getValidatedNodeTypeIfKnown(SqlNode node) {
    RelDataType known = super.getValidatedNodeTypeIfKnown(node);
    return known == null && node instanceof SqlDynamicParam parameter
        ? parameters.getOrDefault(parameter.getIndex(), text())
        : known;
  }

  /** Returns the parameters of a statement that was validated. */
  List<Parameter> parameters(SqlNode validated) {
    return ParameterFinder.find(validated, this::getValidatedNodeType);
  }
}
