package dev.turntable.jdbc.cli.script;

import dev.turntable.engine.Catalog;
import dev.turntable.jdbc.cli.print.CellText;
import dev.turntable.jdbc.meta.MetaSource;
import java.io.IOException;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;

/** The commands that show what there is. */
final class DescribeCommands {
  private static final String ORDER = " ORDER BY table_schema, table_name";

  /** The rest, which tells what an answer covers, is shown with the columns of the table. */
  private static final String FIRST_SENTENCE =
      "CASE WHEN POSITION('. ' IN remarks) > 0"
          + " THEN SUBSTRING(remarks, 1, POSITION('. ' IN remarks) - 1) ELSE remarks END";

  private final Session session;

  DescribeCommands(Session session) {
    this.session = session;
  }

  /** {@code \d [TABLE]}: the columns of a table, or the tables that match. */
  boolean table(String name) throws SQLException, IOException {
    if (name.isEmpty() || isPattern(name) || isSchema(name)) {
      return tables(name);
    }
    return run("DESCRIBE " + name);
  }

  /** {@code \dt [SCHEMA | PATTERN | SCHEMA.PATTERN]} */
  boolean tables(String pattern) throws SQLException, IOException {
    String columns =
        "SELECT table_schema AS \"schema\", table_name AS \"table\", "
            + FIRST_SENTENCE
            + " AS remarks FROM information_schema.tables WHERE ";
    if (pattern.isEmpty()) {
      run(columns + "table_schema IN (" + withoutRequests() + ")" + ORDER);
      for (String schema : withRequests()) {
        session.told(schema + " has tables, too: \\dt " + schema + " asks the service for them");
      }
      return true;
    }
    if (isSchema(pattern)) {
      return run(columns + "table_schema = " + literal(schema(pattern)) + ORDER);
    }
    int dot = pattern.indexOf('.');
    String where =
        dot < 0
            ? "table_schema IN (" + withoutRequests() + ")"
            : isSchema(pattern.substring(0, dot))
                ? "table_schema = " + literal(schema(pattern.substring(0, dot)))
                : like("table_schema", pattern.substring(0, dot));
    String matching = where + " AND " + like("table_name", pattern.substring(dot + 1));
    if (!isAny("SELECT 1 FROM information_schema.tables WHERE " + matching)) {
      session.told("no table matches " + CellText.visible(pattern) + "; \\dt lists them all");
      return true;
    }
    return run(columns + matching + ORDER);
  }

  private boolean isAny(String sql) throws SQLException {
    try (Statement statement = session.connection().createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next();
    }
  }

  /** {@code \l} */
  boolean schemas() throws SQLException, IOException {
    return run("SHOW SCHEMAS");
  }

  /** {@code \df [PATTERN]} */
  boolean functions(String pattern) throws SQLException, IOException {
    String values =
        session.connection().unwrap(MetaSource.class).functions().stream()
            .map(name -> "(" + literal(name) + ")")
            .collect(Collectors.joining(", "));
    return run(
        "SELECT * FROM (VALUES "
            + values
            + ") AS f (function) WHERE "
            + (pattern.isEmpty() ? "TRUE" : like("function", pattern))
            + " ORDER BY function");
  }

  /** {@code \conninfo} */
  boolean connection() throws SQLException {
    DatabaseMetaData metadata = session.connection().getMetaData();
    session.output().stream()
        .println(
            "connected to "
                + CellText.visible(metadata.getURL())
                + ", schema "
                + session.connection().getSchema()
                + ", "
                + metadata.getDriverName()
                + " "
                + metadata.getDriverVersion());
    return true;
  }

  private boolean run(String sql) throws SQLException, IOException {
    StatementRunner.of(session).run(sql);
    return true;
  }

  private Catalog catalog() throws SQLException {
    return session.connection().unwrap(MetaSource.class).catalog();
  }

  /** Returns the schemas whose tables are known without asking a service, as a list of SQL. */
  private String withoutRequests() throws SQLException {
    Catalog catalog = catalog();
    return catalog.schemas().stream()
        .filter(name -> !catalog.isLazy(name))
        .map(DescribeCommands::literal)
        .collect(Collectors.joining(", "));
  }

  private List<String> withRequests() throws SQLException {
    Catalog catalog = catalog();
    return catalog.schemas().stream().filter(catalog::isLazy).toList();
  }

  private boolean isSchema(String name) throws SQLException {
    return catalog().schemas().stream().anyMatch(name::equalsIgnoreCase);
  }

  private String schema(String name) throws SQLException {
    return catalog().schemas().stream().filter(name::equalsIgnoreCase).findFirst().orElse(name);
  }

  private static boolean isPattern(String name) {
    return name.indexOf('*') >= 0 || name.indexOf('?') >= 0;
  }

  /** Returns a condition: {@code *} stands for any characters and {@code ?} for one, in any case. */
  private static String like(String column, String pattern) {
    String escaped =
        pattern
            .replace("|", "||")
            .replace("%", "|%")
            .replace("_", "|_")
            .replace('*', '%')
            .replace('?', '_');
    return "LOWER(" + column + ") LIKE LOWER(" + literal(escaped) + ") ESCAPE '|'";
  }

  private static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
