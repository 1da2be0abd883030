package dev.turntable.plan.syntax;

import dev.turntable.plan.token.DateParts;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.fun.SqlLibrary;
import org.apache.calcite.sql.fun.SqlLibraryOperatorTableFactory;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.validate.SqlNameMatcher;
import org.jspecify.annotations.Nullable;

/**
 * The functions of standard SQL, and behind them those of PostgreSQL, MySQL and BigQuery. The latter
 * are loaded when a name is not standard, since that costs a new JVM a tenth of a second.
 */
public final class Operators implements SqlOperatorTable {
  public static final Operators INSTANCE = new Operators();

  private final SqlOperatorTable standard = SqlStdOperatorTable.instance();

  private Operators() {}

  /** Initialised when a name is not standard. */
  private static final class Libraries {
    static final List<SqlOperatorTable> TABLES =
        List.of(
            library(SqlLibrary.POSTGRESQL),
            library(SqlLibrary.MYSQL),
            library(SqlLibrary.BIG_QUERY));

    private static SqlOperatorTable library(SqlLibrary library) {
      return SqlLibraryOperatorTableFactory.INSTANCE.getOperatorTable(EnumSet.of(library));
    }
  }

  @Override
  public void lookupOperatorOverloads(
      SqlIdentifier name,
      @Nullable SqlFunctionCategory category,
      SqlSyntax syntax,
      List<SqlOperator> operators,
      SqlNameMatcher nameMatcher) {
    if (!DialectFunctions.replaces(name)) {
      standard.lookupOperatorOverloads(name, category, syntax, operators, nameMatcher);
    }
    if (!operators.isEmpty() || mayBeColumn(name, category, syntax) || readsXml(name)) {
      return;
    }
    DialectFunctions.lookup(name, syntax, operators);
    NullableResults.lookup(name, syntax, operators);
    if (!operators.isEmpty()) {
      return;
    }
    for (SqlOperatorTable library : Libraries.TABLES) {
      List<SqlOperator> found = new ArrayList<>();
      library.lookupOperatorOverloads(name, category, syntax, found, nameMatcher);
      if (!found.isEmpty()) {
        operators.addAll(found);
        return; // the same name in another library would make the call ambiguous
      }
    }
  }

  /**
   * Every plain name is looked up as a function without parentheses first. Of those the libraries
   * hold only {@code CURRENT_DATETIME} and the like.
   */
  private static boolean mayBeColumn(
      SqlIdentifier name, @Nullable SqlFunctionCategory category, SqlSyntax syntax) {
    return category == null
        && syntax == SqlSyntax.FUNCTION
        && !name.names
            .get(name.names.size() - 1)
            .toUpperCase(java.util.Locale.ROOT)
            .startsWith("CURRENT_");
  }

  /** XML functions resolve entities, and so could reach files and hosts from SQL. */
  private static boolean readsXml(SqlIdentifier name) {
    return readsXml(name.names.get(name.names.size() - 1).toUpperCase(java.util.Locale.ROOT));
  }

  private static boolean readsXml(String simple) {
    return simple.contains("XML") || simple.equals("EXTRACTVALUE");
  }

  /**
   * Calcite looks here for what has a grammar of its own, CAST in its three forms. Of the list only
   * the end loads the libraries, and CAST itself is found before it.
   */
  @Override
  public List<SqlOperator> getOperatorList() {
    return new Listed(standard.getOperatorList());
  }

  /** Returns the names of all functions, for suggestions and lists. */
  public static List<String> names() {
    Stream<String> calcites =
        Stream.concat(Stream.of(INSTANCE.standard), Libraries.TABLES.stream())
            .flatMap(table -> table.getOperatorList().stream())
            .filter(SqlFunction.class::isInstance)
            .map(SqlOperator::getName)
            .filter(name -> name.matches("[A-Z][A-Z0-9_]*") && !readsXml(name));
    return Stream.of(calcites, DialectFunctions.names(), DialectRewriter.names(), DateParts.names())
        .flatMap(names -> names)
        .distinct()
        .toList();
  }

  private static final class Listed extends AbstractList<SqlOperator> {
    private final List<SqlOperator> first;

    Listed(List<SqlOperator> first) {
      this.first = first;
    }

    @Override
    public SqlOperator get(int index) {
      if (index < first.size()) {
        return first.get(index);
      }
      return index == first.size() ? SqlLibraryOperators.SAFE_CAST : SqlLibraryOperators.TRY_CAST;
    }

    @Override
    public int size() {
      return first.size() + 2;
    }
  }
}
