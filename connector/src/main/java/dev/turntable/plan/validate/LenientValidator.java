package dev.turntable.plan.validate;

import dev.turntable.plan.syntax.GroupingSets;
import dev.turntable.plan.syntax.Leniency;
import dev.turntable.plan.syntax.Operators;
import dev.turntable.plan.syntax.SqlNodes;
import dev.turntable.plan.type.Parameter;
import dev.turntable.plan.type.ParameterFinder;
import dev.turntable.plan.type.SqlTypeFactory;
import java.util.Collections;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.apache.calcite.config.NullCollation;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.AggregatingSelectScope;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorCatalogReader;
import org.apache.calcite.sql.validate.SqlValidatorImpl;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.jspecify.annotations.Nullable;

/**
 * Validates as Calcite does; a parameter whose type nothing tells has that of its value, or is text if
 * that is not known, and one that Calcite's rewriting put in several places (COALESCE, NULLIF) has one
 * type and counts once.
 */
public final class LenientValidator extends SqlValidatorImpl {
  private static final SqlCall CONSTANT =
      SqlStdOperatorTable.PI.createCall(SqlParserPos.ZERO, List.of());

  private static final Set<SqlKind> PREDICATES = predicates();

  private final ParameterTypes parameters;
  private final Set<SqlCall> told = Collections.newSetFromMap(new IdentityHashMap<>());
  private @Nullable AggregatingSelectScope grouped;

  /**
   * @param given the types of the values of parameters, as far as they are known
   */
  public LenientValidator(SqlValidatorCatalogReader catalog, GivenTypes given) {
    super(
        Operators.INSTANCE,
        catalog,
        SqlTypeFactory.INSTANCE,
        SqlValidator.Config.DEFAULT
            .withConformance(Leniency.INSTANCE)
            .withDefaultNullCollation(NullCollation.HIGH)
            .withIdentifierExpansion(true)
            .withTypeCoercionEnabled(true)
            .withTypeCoercionFactory(LenientCoercion::new));
    this.parameters = new ParameterTypes(given, typeFactory);
  }

  @Override
  protected @Nullable SqlNode performUnconditionalRewrites(
      @Nullable SqlNode node, boolean underFrom) {
    SqlNode rewritten = super.performUnconditionalRewrites(node, underFrom);
    return rewritten instanceof SqlCase ? SubQueryCopies.in(rewritten) : rewritten;
  }

  @Override
  protected void inferUnknownTypes(
      RelDataType inferredType, SqlValidatorScope scope, SqlNode node) {
    if (isNullTest(node)) {
      return; // tells nothing; another place of the same parameter may
    }
    if (!(node instanceof SqlDynamicParam parameter)) {
      if (node instanceof SqlCase branches) {
        tell(inferredType, scope, CommonTypes.branches(branches));
      } else if (node.getKind() == SqlKind.IN || node.getKind() == SqlKind.NOT_IN) {
        List<SqlNode> sides = CommonTypes.sides((SqlCall) node);
        if (sides.stream().anyMatch(SqlDynamicParam.class::isInstance)) {
          RelDataType type = common(scope, sides);
          sides.forEach(side -> inferUnknownTypes(type == null ? unknownType : type, scope, side));
          return;
        }
      }
      if (node instanceof SqlCall call
          && !call.isA(SqlKind.QUERY)) { // a query has a scope of its own
        tellPredicates(scope, call.getOperandList());
      }
      super.inferUnknownTypes(inferredType, scope, node);
      return;
    }
    // The rows of a sub-query that a value is compared with tell its type.
    boolean rows = inferredType.isStruct() && inferredType.getFieldCount() == 1;
    RelDataType inferred = rows ? inferredType.getFieldList().get(0).getType() : inferredType;
    boolean tells = !inferred.equals(unknownType) && !isAny(inferred);
    RelDataType type = parameters.at(parameter, tells ? inferred : null);
    super.inferUnknownTypes(type, scope, node);
    parameters.keep(parameter, getValidatedNodeType(node));
  }

  /**
   * A predicate knows the types of its parameters itself; Calcite asks for its own type first, as for
   * {@code CAST(a LIKE ? AS VARCHAR)}, at whatever depth, and fails. Each is told once: Calcite goes
   * down from every level again.
   */
  private void tellPredicates(SqlValidatorScope scope, Iterable<@Nullable SqlNode> operands) {
    for (SqlNode operand : operands) {
      if (operand instanceof SqlNodeList list) {
        tellPredicates(scope, list);
      } else if (operand instanceof SqlCall call
          && !call.isA(SqlKind.QUERY) // has a scope of its own
          && told.add(call)
          && SqlNodes.containsParameter(call)) {
        if (call.isA(PREDICATES)) {
          inferUnknownTypes(unknownType, scope, call);
        } else {
          tellPredicates(scope, call.getOperandList());
        }
      }
    }
  }

  private static Set<SqlKind> predicates() {
    Set<SqlKind> kinds = EnumSet.copyOf(SqlKind.COMPARISON);
    kinds.addAll(
        List.of(
            SqlKind.AND,
            SqlKind.OR,
            SqlKind.NOT,
            SqlKind.IN,
            SqlKind.NOT_IN,
            SqlKind.BETWEEN,
            SqlKind.LIKE,
            SqlKind.RLIKE,
            SqlKind.SIMILAR));
    return kinds;
  }

  private static boolean isAny(RelDataType type) {
    return type.getSqlTypeName() == SqlTypeName.ANY;
  }

  @Override
  protected void validateGroupClause(SqlSelect select) {
    super.validateGroupClause(select);
    SqlNodeList writtenOut = GroupingSets.writtenOut(select.getGroup());
    if (writtenOut != null) {
      select.setGroupBy(writtenOut);
      super.validateGroupClause(select);
    }
  }

  @Override
  protected void validateOrderList(SqlSelect select) {
    if (select.getOrderList() != null) {
      tellPredicates(getOrderScope(select), select.getOrderList());
    }
    super.validateOrderList(select);
  }

  /** Parameters in VALUES have the types that their columns have in other rows. */
  @Override
  protected void validateValues(
      SqlCall values, RelDataType targetRowType, SqlValidatorScope scope) {
    List<SqlNode> rows = values.getOperandList();
    if (rows.size() > 1 && rows.get(0) instanceof SqlCall first) {
      for (int i = 0; i < first.operandCount(); i++) {
        tell(unknownType, scope, CommonTypes.column(rows, i));
      }
    }
    super.validateValues(values, targetRowType, scope);
  }

  /** Gives the parameters among nodes of one type the type of the others, which Calcite does not. */
  private void tell(RelDataType inferredType, SqlValidatorScope scope, List<SqlNode> nodes) {
    RelDataType type = inferredType.equals(unknownType) ? common(scope, nodes) : inferredType;
    if (type == null && nodes.stream().allMatch(SqlDynamicParam.class::isInstance)) {
      type = unknownType; // nothing but parameters, as in ? IN (?, ?)
    }
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

  private static boolean isNullTest(SqlNode node) {
    return node instanceof SqlCall call
        && (call.getKind() == SqlKind.IS_NULL || call.getKind() == SqlKind.IS_NOT_NULL)
        && call.operand(0) instanceof SqlDynamicParam;
  }

  @Override
  public @Nullable RelDataType getValidatedNodeTypeIfKnown(SqlNode node) {
    RelDataType known = super.getValidatedNodeTypeIfKnown(node);
    return known == null && node instanceof SqlDynamicParam parameter
        ? parameters.of(parameter)
        : known;
  }

  @Override
  public SqlNode expand(SqlNode expr, SqlValidatorScope scope) {
    if (scope instanceof AggregatingSelectScope aggregating) {
      grouped = aggregating;
    }
    return super.expand(expr, scope);
  }

  /**
   * Calcite's check of what a grouped query selects takes a column of a query around it for one that is
   * not grouped. It is a constant there, like a call without operands, as which the check lets it pass.
   */
  @Override
  public @Nullable SqlCall makeNullaryCall(SqlIdentifier id) {
    SqlCall call = super.makeNullaryCall(id);
    AggregatingSelectScope scope = grouped;
    return call == null && scope != null && isOuter(id, scope) && isChecked() ? CONSTANT : call;
  }

  private boolean isOuter(SqlIdentifier id, AggregatingSelectScope scope) {
    if (id.isSimple() || id.isStar()) {
      return false;
    }
    SqlValidatorScope.ResolvedImpl resolved = new SqlValidatorScope.ResolvedImpl();
    scope.resolve(List.of(id.names.get(0)), getCatalogReader().nameMatcher(), false, resolved);
    return resolved.count() == 1 && resolved.only().scope != scope.getParent();
  }

  /** Everybody asks for calls without operands; only that check is to be answered so. */
  private static boolean isChecked() {
    return StackWalker.getInstance()
        .walk(
            frames ->
                frames.skip(2).findFirst().stream()
                    .anyMatch(frame -> frame.getClassName().endsWith(".AggChecker")));
  }

  /** Returns the parameters of a statement that was validated. */
  public List<Parameter> parameters(SqlNode validated) {
    return ParameterFinder.find(validated, this::getValidatedNodeType, parameters::isTold);
  }
}
