package dev.turntable.jdbc.pages;

import dev.turntable.source.Column;
import dev.turntable.source.Inserter;
import dev.turntable.source.RequestEstimate;
import dev.turntable.source.TableDef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The page of a table: what its declaration says, then the questions that people have written. */
final class TablePage {
  /** Below this line people write; above it the declaration does. */
  static final String QUESTIONS = "## Questions";

  private static final String NOTE = "Answers and requests are those of the demo.";

  private final String schema;
  private final TableDef<?> table;
  private final StringBuilder text = new StringBuilder();

  private TablePage(String schema, TableDef<?> table) {
    this.schema = schema;
    this.table = table;
  }

  /**
   * Returns the page.
   *
   * @param before the page as it stands, whose questions are kept
   */
  static String of(String schema, TableDef<?> table, String before) {
    TablePage page = new TablePage(schema, table);
    page.line("# " + schema + "." + table.name());
    page.line(table.remarks() + ".");
    page.sections();
    return page.with(before);
  }

  /** Returns the page of a schema that has a table for each of the service's own things. */
  static String ofKind(String schema, String remarks, TableDef<?> example, String before) {
    TablePage page = new TablePage(schema, example);
    page.line("# " + schema);
    page.line(
        remarks
            + ". Which tables there are, the service says: the list is read once for a connection,"
            + " when a statement names the schema. Names with a blank are quoted. What follows is"
            + " the demo's `\""
            + example.name()
            + "\"`.");
    page.line(example.remarks() + ".");
    page.sections();
    return page.with(before);
  }

  private void sections() {
    keys();
    columns();
    PathTable.of(table).forEach(this::line);
    writing();
  }

  private String with(String before) {
    line(QUESTIONS);
    int at = before.indexOf(QUESTIONS + "\n");
    String kept = at < 0 ? "" : before.substring(at + QUESTIONS.length() + 1).strip();
    return text + (kept.isEmpty() ? NOTE : kept) + "\n";
  }

  /** Adds a paragraph. */
  private void line(String paragraph) {
    text.append(paragraph).append("\n\n");
  }

  private void keys() {
    List<String> sentences = new ArrayList<>();
    if (!table.primaryKey().isEmpty()) {
      sentences.add("Primary key: " + codes(table.primaryKey()) + ".");
    }
    table
        .foreignKeys()
        .forEach(
            key ->
                sentences.add(
                    codes(key.columns())
                        + " refers to `"
                        + key.schema()
                        + "."
                        + key.table()
                        + "`."));
    if (!sentences.isEmpty()) {
      line(String.join(" ", sentences));
    }
  }

  private void columns() {
    line("## Columns");
    boolean writable = table.inserter() != null;
    List<String> rows = new ArrayList<>();
    rows.add("| column | type | null |" + (writable ? " INSERT |" : "") + " meaning |");
    rows.add("| --- | --- | --- |" + (writable ? " --- |" : "") + " --- |");
    for (Column<?> column : table.columns()) {
      rows.add(
          "| `"
              + column.name()
              + "` | "
              + type(column)
              + " | "
              + (column.nullable() ? "yes" : "no")
              + (writable ? " | " + inInsert(column) : "")
              + " | "
              + Answer.escaped(column.remarks())
              + " |");
    }
    line(String.join("\n", rows));
  }

  private static String type(Column<?> column) {
    return switch (column.type()) {
      case JSON -> "VARCHAR, JSON";
      case DECIMAL -> "DECIMAL(18, 6)";
      case TIMESTAMP -> "TIMESTAMP(3)";
      default -> column.type().name();
    };
  }

  private static String inInsert(Column<?> column) {
    return column.use().required() ? "must" : column.use().insertable() ? "may" : "";
  }

  private void writing() {
    line("## Writing");
    Inserter inserter = table.inserter();
    if (inserter == null) {
      line(table.deleter() == null ? "The table is read only." : deleting().strip());
      return;
    }
    String must = columns(Column.Use::required);
    line(
        "INSERT "
            + (must.isEmpty() ? "" : "must be given " + must + ", and ")
            + "takes "
            + columns(use -> use.insertable() && !use.required())
            + ". A row sends "
            + requests(inserter.estimate(List.of(new Inserter.Row(smallest(), false))))
            + ", and its generated key is "
            + codes(inserter.generatedKeys())
            + "."
            + deleting());
  }

  private Map<String, Object> smallest() {
    Map<String, Object> values = new LinkedHashMap<>();
    table.columns().stream()
        .filter(column -> column.use().required())
        .forEach(column -> values.put(column.name(), ""));
    return values;
  }

  private String deleting() {
    if (table.deleter() == null) {
      return " DELETE is refused.";
    }
    return " DELETE finds its rows as SELECT does, and sends "
        + requests(table.deleter().estimate(1))
        + " for each; by "
        + codes(table.deleter().keys())
        + " alone nothing is read first.";
  }

  private String columns(Predicate<Column.Use> which) {
    return codes(
        table.columns().stream()
            .filter(column -> which.test(column.use()))
            .map(Column::name)
            .toList());
  }

  static String codes(List<String> names) {
    return names.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
  }

  private static String requests(List<RequestEstimate> estimates) {
    return estimates.stream()
        .map(estimate -> "`" + estimate.request() + "`")
        .collect(Collectors.joining(" and "));
  }
}
