package dev.turntable.plan.rewrite;

import com.google.common.collect.ImmutableList;
import dev.turntable.plan.error.CalciteErrors;
import dev.turntable.plan.join.JoinPredicateInference;
import dev.turntable.plan.scan.TableReferenceView;
import dev.turntable.plan.scan.TableReferences;
import dev.turntable.plan.scan.TreeContents;
import dev.turntable.plan.scan.TreeContents.Part;
import dev.turntable.plan.subquery.SubQueryRemoval;
import dev.turntable.plan.subquery.WindowCorrelations;
import dev.turntable.plan.type.ExecutionMode;
import dev.turntable.plan.type.Parameter;
import dev.turntable.plan.type.PlannedStatement;
import dev.turntable.plan.type.SqlTypeFactory;
import dev.turntable.plan.validate.Convertlets;
import dev.turntable.plan.validate.GivenTypes;
import dev.turntable.plan.validate.GroupingArguments;
import dev.turntable.plan.validate.LenientValidator;
import dev.turntable.run.BoundKeys;
import java.util.List;
import java.util.Properties;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.calcite.config.CalciteConnectionConfigImpl;
import org.apache.calcite.config.CalciteConnectionProperty;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.plan.Contexts;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptPlanner;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.sql2rel.SqlToRelConverter;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * From a syntax tree to a rewritten relational tree whose scans have taken over predicates, columns
 * and limits. Every planning has its own planner and cluster; nothing is shared but types and rules.
 */
public final class RelPlanner {
  public static final CalciteConnectionConfigImpl CONNECTION_CONFIG = connectionConfig();

  /** How many joins a condition on a key is handed on through, at most. */
  private static final int HANDED_ON = 3;

  /**
   * Join conditions stay as they are: where the converter itself makes columns of their expressions, it
   * loses count of the columns before a correlated sub-query. Projections stay apart: where it merges
   * them, a sub-query comes to stand in a window, and is not found there. {@link Rewrites} does both
   * later.
   */
  private static final SqlToRelConverter.Config CONVERTER =
      SqlToRelConverter.config()
          .withExpand(false)
          .withTrimUnusedFields(false)
          .withRelBuilderConfigTransform(
              // An aggregate that becomes a projection gives GROUPING another type.
              config ->
                  config
                      .withPushJoinCondition(false)
                      .withBloat(-1)
                      .withSimplify(false)
                      .withAggregateUnique(true));

  private final CalciteSchema root;
  private final ExecutionMode mode;
  private final Supplier<RelOptPlanner> planners;
  private final Function<UnaryOperator<RelNode>, Function<TableReferenceView, BoundKeys>> keys;
  private final GivenTypes given;

  /**
   * @param planners makes planners for trees that run as generated code
   * @param keys makes what compiles what a statement binds to the keys of its references, given what
   *     makes trees ready for compiling
   * @param given the types of the values of parameters, as far as they are known
   */
  public RelPlanner(
      CalciteSchema root,
      ExecutionMode mode,
      Supplier<RelOptPlanner> planners,
      Function<UnaryOperator<RelNode>, Function<TableReferenceView, BoundKeys>> keys,
      GivenTypes given) {
    this.root = root;
    this.mode = mode;
    this.planners = planners;
    this.keys = keys;
    this.given = given;
  }

  /** Returns a planner for trees that are only rewritten, in programs of their own. */
  public static RelOptPlanner withoutProgram() {
    return new HepPlanner(HepProgram.builder().build());
  }

  private static CalciteConnectionConfigImpl connectionConfig() {
    Properties properties = new Properties();
    properties.setProperty(CalciteConnectionProperty.CASE_SENSITIVE.camelName(), "false");
    properties.setProperty(
        CalciteConnectionProperty.CONFORMANCE.camelName(), SqlConformanceEnum.BABEL.name());
    return new CalciteConnectionConfigImpl(properties);
  }

  /**
   * A validated statement.
   *
   * @param rel the relational tree, as converted
   * @param fields the type of the rows, with the labels
   * @param origins for each field the path schema, table, column it comes from, or null
   * @param parameters what a client may bind
   */
  public record Converted(
      RelRoot rel,
      RelDataType fields,
      List<? extends @org.jspecify.annotations.Nullable List<String>> origins,
      List<Parameter> parameters) {}

  /**
   * Validates and converts a query.
   *
   * @throws RuntimeException if it names what does not exist, or does not make sense; of many kinds,
   *     for {@link CalciteErrors} to tell apart
   */
  public Converted convert(SqlNode query, String schema) {
    CalciteCatalogReader catalog =
        new CalciteCatalogReader(
            root, ImmutableList.of(schema), SqlTypeFactory.INSTANCE, CONNECTION_CONFIG);
    LenientValidator validator = new LenientValidator(catalog, given);
    SqlNode validated = validator.validate(query);
    RelOptPlanner planner = planners.get();
    planner.setExecutor(ConstantReducer.INSTANCE);
    RelOptCluster cluster = RelOptCluster.create(planner, new AlikeLiterals());
    if (mode == ExecutionMode.OPERATORS) {
      cluster.setMetadataQuerySupplier(FastRelMetadata::query);
    }
    SqlToRelConverter converter =
        new SqlToRelConverter(
            (rowType, queryString, schemaPath, viewPath) -> {
              throw new UnsupportedOperationException("views");
            },
            validator,
            catalog,
            cluster,
            new Convertlets(mode),
            CONVERTER) {
          @Override
          protected RelNode createAggregate(
              Blackboard query,
              ImmutableBitSet keys,
              ImmutableList<ImmutableBitSet> sets,
              List<AggregateCall> calls) {
            return super.createAggregate(
                query, keys, sets, GroupingArguments.found(query.root(), keys, calls));
          }
        };
    RelRoot rel = converter.convertQuery(validated, false, true);
    return new Converted(
        rel,
        validator.getValidatedNodeType(validated),
        validator.getFieldOrigins(validated),
        validator.parameters(validated));
  }

  /** Rewrites a tree: no sub-queries, filters and columns as deep as they go, scans that took over. */
  public RelNode rewrite(RelNode rel) {
    TreeContents contents = TreeContents.of(rel);
    RelNode looked =
        contents.has(Part.OPEN_TABLE)
            ? TableReferences.find(rel, keys.apply(this::rewriteLookedThrough))
            : rel;
    return rewriteLookedThrough(looked, contents);
  }

  private RelNode rewriteLookedThrough(RelNode rel) {
    return rewriteLookedThrough(rel, TreeContents.of(rel));
  }

  private static RelNode rewriteLookedThrough(RelNode rel, TreeContents given) {
    RelBuilder builder = new LimitKeepingBuilder(rel.getCluster());
    RelNode result = InLists.in(InputTypes.in(rel));
    TreeContents contents = given;
    if (contents.has(Part.SUB_QUERY) || contents.has(Part.CORRELATE)) {
      result = SubQueryRemoval.remove(result, builder);
      contents = TreeContents.of(result);
    }
    result = pushedDown(result, contents);
    contents = TreeContents.of(result);
    if (contents.has(Part.WINDOW)) {
      result = new FieldTrimmer(builder).trim(result);
      result = run(Rewrites.windows(), WindowCorrelations.in(result));
    } else if (!contents.isOfOneInput()) { // there the scan's rules narrow as much
      result = new FieldTrimmer(builder).trim(result);
    }
    result = run(Rewrites.INTO_SCANS, result);
    if (!RelOptUtil.equal(
        "before",
        rel.getRowType(),
        "after",
        result.getRowType(),
        org.apache.calcite.util.Litmus.IGNORE)) {
      result = RelOptUtil.createCastRel(result, rel.getRowType(), false);
    }
    return result;
  }

  /**
   * What one side of a join says of the other has to go down, too. As it may go where it is not found
   * any more, into a UNION for one, it is told a few times only: as often as joins hand it on.
   */
  private static RelNode pushedDown(RelNode rel, TreeContents contents) {
    RelNode result = run(Rewrites.pushDown(contents), rel);
    for (int i = 0; i < HANDED_ON && contents.has(Part.JOIN); i++) {
      RelNode told = JoinPredicateInference.tell(result);
      if (told == result) {
        break; // as where no join is left
      }
      result = run(Rewrites.pushDown(contents), told);
    }
    return result;
  }

  private static RelNode run(HepProgram program, RelNode rel) {
    HepPlanner planner =
        new HepPlanner(program, Contexts.empty()) {
          @Override
          public void checkCancel() {
            PlannedStatement.check();
          }
        };
    planner.setExecutor(ConstantReducer.INSTANCE);
    planner.setRoot(rel);
    return planner.findBestExp();
  }
}
