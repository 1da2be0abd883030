package dev.turntable.examples.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.DataContext;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Linq4j;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.schema.FilterableTable;
import org.apache.calcite.schema.impl.AbstractTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** Rows in memory as plain Calcite serves them: it filters them itself. */
final class MemoryTable extends AbstractTable implements FilterableTable {
  private static final String NULL = "\\N";

  private final List<String> names;
  private final List<SqlTypeName> types;
  private final List<@Nullable Object[]> rows;

  private MemoryTable(List<String> names, List<SqlTypeName> types, List<@Nullable Object[]> rows) {
    this.names = names;
    this.types = types;
    this.rows = rows;
  }

  /** Reads what {@link #line} wrote: a line of names, a line of types, the rows. */
  static MemoryTable read(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    List<SqlTypeName> types =
        List.of(lines.get(1).split("\t", -1)).stream().map(SqlTypeName::valueOf).toList();
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (String line : lines.subList(2, lines.size())) {
      String[] cells = line.split("\t", -1);
      @Nullable Object[] row = new Object[cells.length];
      for (int i = 0; i < cells.length; i++) {
        row[i] = value(cells[i], types.get(i));
      }
      rows.add(row);
    }
    return new MemoryTable(List.of(lines.get(0).split("\t", -1)), types, rows);
  }

  private static @Nullable Object value(String cell, SqlTypeName type) {
    if (cell.equals(NULL)) {
      return null;
    }
    return type == SqlTypeName.VARCHAR ? cell : (Object) Long.valueOf(cell);
  }

  /** Writes one row. */
  static String line(List<? extends @Nullable Object> values) {
    List<String> cells = new ArrayList<>();
    for (Object value : values) {
      cells.add(value == null ? NULL : value.toString().replaceAll("[\\t\\r\\n]", " "));
    }
    return String.join("\t", cells);
  }

  @Override
  public RelDataType getRowType(RelDataTypeFactory typeFactory) {
    RelDataTypeFactory.Builder builder = typeFactory.builder();
    for (int i = 0; i < names.size(); i++) {
      builder.add(names.get(i), types.get(i)).nullable(true);
    }
    return builder.build();
  }

  @Override
  public Enumerable<@Nullable Object[]> scan(DataContext root, List<RexNode> filters) {
    return Linq4j.asEnumerable(rows);
  }
}
