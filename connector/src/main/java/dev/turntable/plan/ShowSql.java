package dev.turntable.plan;

import dev.turntable.source.ErrorKind;
import dev.turntable.source.TurntableException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** SHOW and DESCRIBE: they become queries on {@code information_schema}. */
final class ShowSql {
  private static final String NAME = "(\"(?:[^\"]|\"\")+\"|[\\w$]+)";
  private static final String LIKE = "(?:\\s+LIKE\\s+('(?:[^']|'')*'))?";

  private static final Pattern SCHEMAS = pattern("SHOW\\s+(?:SCHEMAS|DATABASES)" + LIKE);
  private static final Pattern TABLES =
      pattern("SHOW\\s+(?:FULL\\s+)?TABLES(?:\\s+(?:FROM|IN)\\s+" + NAME + ")?" + LIKE);
  private static final Pattern COLUMNS =
      pattern(
          "(?:DESC|DESCRIBE|SHOW\\s+(?:FULL\\s+)?COLUMNS\\s+(?:FROM|IN))(?:\\s+TABLE)?\\s+(?:"
              + NAME
              + "\\s*\\.\\s*)?"
              + NAME
              + "(?:\\s+(?:FROM|IN)\\s+"
              + NAME
              + ")?");
  private static final Pattern ANY = Pattern.compile("SHOW\\b.*", flags());

  private ShowSql() {}

  private static int flags() {
    return Pattern.CASE_INSENSITIVE | Pattern.DOTALL;
  }

  private static Pattern pattern(String regex) {
    return Pattern.compile(regex, flags());
  }

  /**
   * Returns the query that answers a SHOW or DESCRIBE, or null if it is another statement.
   *
   * @throws TurntableException if it shows what there is not
   */
  static @Nullable String query(String sql, String schema, StatementPlanner planner) {
    String text = SqlEnd.strip(sql);
    Matcher schemas = SCHEMAS.matcher(text);
    if (schemas.matches()) {
      return "SELECT schema_name FROM information_schema.schemata"
          + (schemas.group(1) == null ? "" : " WHERE schema_name LIKE " + schemas.group(1))
          + " ORDER BY schema_name";
    }
    Matcher tables = TABLES.matcher(text);
    if (tables.matches()) {
      String from = tables.group(1) == null ? schema : plain(tables.group(1));
      return "SELECT table_name, table_type, remarks FROM information_schema.tables"
          + " WHERE table_schema = "
          + literal(planner.schemaName(from))
          + (tables.group(2) == null ? "" : " AND table_name LIKE " + tables.group(2))
          + " ORDER BY table_name";
    }
    Matcher columns = COLUMNS.matcher(text);
    if (columns.matches()) {
      String given = columns.group(1) == null ? columns.group(3) : columns.group(1);
      String from = given == null ? schema : plain(given);
      SourceTable table = planner.table(List.of(from, plain(columns.group(2))), from);
      return "SELECT column_name, data_type, is_nullable, remarks FROM information_schema.columns"
          + " WHERE table_schema = "
          + literal(table.schema())
          + " AND table_name = "
          + literal(table.definition().name())
          + " ORDER BY ordinal_position";
    }
    if (ANY.matcher(text).matches()) {
      throw new TurntableException(
          ErrorKind.UNSUPPORTED,
          "there is SHOW TABLES, SHOW SCHEMAS, SHOW COLUMNS FROM a table and DESCRIBE a table, not "
              + text.lines().findFirst().orElse(text).toUpperCase(Locale.ROOT));
    }
    return null;
  }

  private static String plain(String name) {
    return name.startsWith("\"")
        ? name.substring(1, name.length() - 1).replace("\"\"", "\"")
        : name;
  }

  private static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
