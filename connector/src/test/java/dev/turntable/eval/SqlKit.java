package dev.turntable.eval;

import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.calcite.config.CalciteConnectionConfigImpl;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.jdbc.JavaTypeFactoryImpl;
import org.apache.calcite.plan.Contexts;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.plan.hep.HepProgramBuilder;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.rules.CoreRules;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeSystem;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.schema.impl.AbstractTable;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.fun.SqlLibrary;
import org.apache.calcite.sql.fun.SqlLibraryOperatorTableFactory;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.util.SqlOperatorTables;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorUtil;
import org.apache.calcite.sql2rel.RelDecorrelator;
import org.apache.calcite.sql2rel.SqlToRelConverter;
import org.apache.calcite.sql2rel.StandardConvertletTable;
import org.apache.calcite.tools.RelBuilder;

/** Turns SQL over a few tables into Calcite's expressions and plans. */
final class SqlKit {
  final RelDataTypeFactory types;
  final RexBuilder rexBuilder;
  private final CalciteSchema root = CalciteSchema.createRootSchema(false, false);
  private final SqlOperatorTable functions =
      SqlOperatorTables.chain(
          SqlLibraryOperatorTableFactory.INSTANCE.getOperatorTable(
              List.of(SqlLibrary.STANDARD, SqlLibrary.POSTGRESQL)));

  SqlKit(RelDataTypeSystem system) {
    this.types = new JavaTypeFactoryImpl(system);
    this.rexBuilder = new RexBuilder(types);
  }

  /** Adds a table with columns such as {@code id INTEGER}; all may be null. */
  RelDataType table(String name, String... columns) throws SqlParseException {
    RelDataTypeFactory.Builder builder = types.builder();
    SqlValidator validator = validator();
    for (String column : columns) {
      int space = column.indexOf(' ');
      // A type has no parser of its own; a cast has one.
      SqlNode cast =
          validator.validateParameterizedExpression(
              SqlParser.create("CAST(NULL AS " + column.substring(space + 1) + ")")
                  .parseExpression(),
              new TreeMap<>(Map.of()));
      RelDataType type = validator.getValidatedNodeType(cast);
      builder.add(column.substring(0, space), types.createTypeWithNullability(type, true));
    }
    RelDataType rowType = builder.build();
    root.add(
        name,
        new AbstractTable() {
          @Override
          public RelDataType getRowType(RelDataTypeFactory factory) {
            return rowType;
          }
        });
    return rowType;
  }

  private CalciteCatalogReader catalog() {
    Properties properties = new Properties();
    properties.setProperty("caseSensitive", "false");
    return new CalciteCatalogReader(
        root, List.of(), types, new CalciteConnectionConfigImpl(properties));
  }

  private SqlValidator validator() {
    return SqlValidatorUtil.newValidator(
        SqlOperatorTables.chain(functions, catalog()),
        catalog(),
        types,
        SqlValidator.Config.DEFAULT.withConformance(SqlConformanceEnum.LENIENT));
  }

  /** Returns the expression over the columns of a table. */
  RexNode expression(String sql, String table) throws SqlParseException {
    RelNode plan = plan("SELECT " + sql + " FROM " + table, false);
    return ((Project) plan).getProjects().get(0);
  }

  /** Returns the plan of a query without sub-queries, correlation or RexOver. */
  RelNode plan(String sql) throws SqlParseException {
    return plan(sql, true);
  }

  private RelNode plan(String sql, boolean rewrite) throws SqlParseException {
    SqlParser.Config config =
        SqlParser.config().withConformance(SqlConformanceEnum.LENIENT).withCaseSensitive(false);
    SqlNode parsed = SqlParser.create(sql, config).parseQuery();
    HepPlanner planner = new HepPlanner(HepProgram.builder().build(), Contexts.empty());
    RelOptCluster cluster = RelOptCluster.create(planner, rexBuilder);
    SqlToRelConverter converter =
        new SqlToRelConverter(
            (type, query, path, view) -> null,
            validator(),
            catalog(),
            cluster,
            StandardConvertletTable.INSTANCE,
            SqlToRelConverter.config().withExpand(false).withTrimUnusedFields(false));
    RelNode plan = converter.convertQuery(parsed, true, true).rel;
    return rewrite ? rewritten(plan) : plan;
  }

  private static RelNode rewritten(RelNode plan) {
    RelNode result =
        apply(
            plan,
            HepProgram.builder()
                .addRuleCollection(
                    List.of(
                        CoreRules.FILTER_SUB_QUERY_TO_CORRELATE,
                        CoreRules.PROJECT_SUB_QUERY_TO_CORRELATE,
                        CoreRules.JOIN_SUB_QUERY_TO_CORRELATE)));
    result =
        RelDecorrelator.decorrelateQuery(
            result,
            org.apache.calcite.rel.core.RelFactories.LOGICAL_BUILDER.create(
                result.getCluster(), null));
    return apply(
        result,
        HepProgram.builder()
            .addRuleCollection(
                List.of(
                    CoreRules.PROJECT_TO_LOGICAL_PROJECT_AND_WINDOW, CoreRules.FILTER_INTO_JOIN)));
  }

  private static RelNode apply(RelNode plan, HepProgramBuilder program) {
    HepPlanner planner = new HepPlanner(program.build());
    planner.setRoot(plan);
    return planner.findBestExp();
  }

  RelBuilder builder(RelNode plan) {
    return org.apache.calcite.rel.core.RelFactories.LOGICAL_BUILDER.create(plan.getCluster(), null);
  }
}
