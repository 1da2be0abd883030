package dev.turntable.plan.error;

import dev.turntable.plan.catalog.SchemaTables;
import dev.turntable.plan.type.Names;
import dev.turntable.source.TableDef;
import dev.turntable.text.SqlStatement;
import dev.turntable.text.SqlToken;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says of a column that a table has not what it may be, or which table has it. */
final class ColumnHints {
  private final List<Mention> mentions = new ArrayList<>();
  private final String own;
  private final Map<String, SchemaTables> schemas;

  /**
   * A table of the statement.
   *
   * @param alias the name that its columns are qualified by
   */
  private record Mention(TableDef<?> table, String alias) {}

  ColumnHints(SqlStatement statement, String own, Map<String, SchemaTables> schemas) {
    this.own = own;
    this.schemas = schemas;
    List<SqlToken> tokens = statement.tokens();
    for (int at = 0; at < tokens.size(); at++) {
      boolean begins = at == 0 || !tokens.get(at - 1).isSign(".");
      if (tokens.get(at).isName() && begins) {
        mention(tokens, at);
      }
    }
  }

  private void mention(List<SqlToken> tokens, int first) {
    boolean qualified =
        first + 2 < tokens.size()
            && tokens.get(first + 1).isSign(".")
            && tokens.get(first + 2).isName();
    int last = first;
    TableDef<?> table = null;
    if (qualified) {
      last = first + 2;
      table = table(tokens.get(first).value(), tokens.get(last).value());
    }
    if (table == null) {
      last = first;
      table = table(own, tokens.get(first).value());
    }
    if (table == null) {
      return;
    }
    int alias = last + 1;
    alias += alias < tokens.size() && tokens.get(alias).isWord("AS") ? 1 : 0;
    boolean named =
        alias < tokens.size()
            && tokens.get(alias).isName()
            && !(tokens.get(alias).kind() == SqlToken.Kind.WORD
                && dev.turntable.engine.ReservedWords.contains(tokens.get(alias).text()));
    mentions.add(new Mention(table, named ? tokens.get(alias).value() : table.name()));
  }

  /** Returns a table that needs no request to be known, or null. */
  private @Nullable TableDef<?> table(String schema, String name) {
    SchemaTables found = Names.find(schemas, schema);
    return found == null || found.source().lazy() ? null : Names.find(found.definitions(), name);
  }

  /**
   * Returns the end of a message.
   *
   * @param qualifier the table, or its alias, that the column was looked for in; null for all
   */
  String remedy(String column, @Nullable String qualifier) {
    Set<String> names = new LinkedHashSet<>();
    for (Mention mention : mentions) {
      if (qualifier == null || mention.alias.equalsIgnoreCase(qualifier)) {
        mention.table.columns().forEach(known -> names.add(known.name()));
      }
    }
    String elsewhere = elsewhere(column);
    String nearest = Suggestions.nearest(column, names);
    if (nearest.isEmpty() && !elsewhere.isEmpty()) {
      return elsewhere;
    }
    return Suggestions.remedy(column, names);
  }

  /** Returns which table has exactly this column: one of the statement, else one of the schema. */
  private String elsewhere(String column) {
    for (Mention mention : mentions) {
      if (has(mention.table, column)) {
        return "; did you mean " + mention.alias + "." + column + "?";
      }
    }
    SchemaTables schema = Names.find(schemas, own);
    if (schema == null || schema.source().lazy()) {
      return "";
    }
    List<String> tables = new ArrayList<>();
    for (TableDef<?> table : schema.definitions().values()) {
      if (has(table, column)) {
        tables.add(table.name());
      }
    }
    return tables.isEmpty()
        ? ""
        : "; there is a column of that name in " + String.join(", ", tables);
  }

  private static boolean has(TableDef<?> table, String column) {
    return table.columns().stream().anyMatch(known -> known.name().equalsIgnoreCase(column));
  }
}
