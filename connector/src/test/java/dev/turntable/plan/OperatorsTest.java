package dev.turntable.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.plan.syntax.Operators;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.fun.SqlLibrary;
import org.apache.calcite.sql.fun.SqlLibraryOperatorTableFactory;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.validate.SqlNameMatchers;
import org.junit.jupiter.api.Test;

/**
 * Which of Calcite's functions SQL can reach: none that reads files, hosts, entities or the JVM.
 */
class OperatorsTest {
  /** Words in the names of functions that reach out of the statement, here and in other systems. */
  private static final Pattern REACHES_OUT =
      Pattern.compile(
          "XML|NODE|EXTRACTVALUE|FILE|URL|HTTP|LOAD|IMPORT|JAR|CLASS(?!IFIER)|JAVA|EXEC|SHELL"
              + "|SYSTEM(?!_USER)|PROPERTY|ENV(?!ELOPE)|SLEEP|GML|^ST_|REFLECT|INVOKE|(?<!DE)SCRIPT");

  /** Returns every function that Calcite has, of any library. */
  private static Set<String> names() throws IllegalAccessException {
    Set<String> names = new TreeSet<>();
    for (SqlLibrary library : SqlLibrary.values()) {
      SqlLibraryOperatorTableFactory.INSTANCE
          .getOperatorTable(EnumSet.of(library))
          .getOperatorList()
          .forEach(operator -> names.add(operator.getName()));
    }
    for (Class<?> table : List.of(SqlStdOperatorTable.class, SqlLibraryOperators.class)) {
      for (Field field : table.getFields()) {
        if (Modifier.isStatic(field.getModifiers())
            && field.get(null) instanceof SqlOperator operator) {
          names.add(operator.getName());
        }
      }
    }
    names.removeIf(String::isBlank);
    return names;
  }

  private static List<SqlOperator> found(String name) {
    List<SqlOperator> found = new ArrayList<>();
    for (SqlSyntax syntax : SqlSyntax.values()) {
      Operators.INSTANCE.lookupOperatorOverloads(
          new SqlIdentifier(name, SqlParserPos.ZERO),
          SqlFunctionCategory.USER_DEFINED_FUNCTION,
          syntax,
          found,
          SqlNameMatchers.withCaseSensitive(false));
    }
    return found;
  }

  @Test
  void noFunctionReachesOut() throws IllegalAccessException {
    Set<String> names = names();
    assertThat(names).hasSizeGreaterThan(500).contains("EXTRACTVALUE", "XMLTRANSFORM", "PARSE_URL");
    List<String> reached =
        names.stream()
            .filter(name -> REACHES_OUT.matcher(name.toUpperCase(Locale.ROOT)).find())
            .filter(name -> !found(name).isEmpty())
            .toList();
    assertThat(reached).isEmpty();
  }

  /** The test above would pass if nothing were found at all. */
  @Test
  void theOthersAreThere() {
    for (String name : List.of("UPPER", "JSON_VALUE", "SPLIT_PART", "GROUP_CONCAT", "SAFE_CAST")) {
      assertThat(found(name)).as(name).isNotEmpty();
    }
  }
}
