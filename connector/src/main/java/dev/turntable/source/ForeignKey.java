package dev.turntable.source;

import java.util.List;

/**
 * A reference from columns of this table to the primary key of another table of the same source.
 *
 * @param columns the referring columns, in the order of the key
 * @param schema the schema of the other table
 * @param table the other table
 * @param referenced the columns of the other table
 */
public record ForeignKey(
    List<String> columns, String schema, String table, List<String> referenced) {
  public ForeignKey {
    columns = List.copyOf(columns);
    referenced = List.copyOf(referenced);
  }
}
