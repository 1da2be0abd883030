package dev.turntable.rightbrain;

import dev.turntable.source.Column;
import dev.turntable.source.ColumnType;
import dev.turntable.source.StatementScope;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What RETURNING gives of a run of a typed table: all of it is in the answer to the POST. */
final class TypedAnswers implements RunInserter.Teller {
  private static final String RESPONSE = "response";

  private final String table;
  private final TypedColumns columns;
  private final List<Column<TypedRun>> more;

  TypedAnswers(String table, TypedColumns columns) {
    this.table = table;
    this.columns = columns;
    this.more =
        columns.has(RESPONSE)
            ? List.of()
            : List.of(
                Column.<TypedRun>of(RESPONSE, ColumnType.VARCHAR, TypedRun::response)
                    .remarks("The whole response; of a failed run what went wrong"));
  }

  /** A table of typed outputs has no place for what a failed run says: its response. */
  @Override
  public List<Column<?>> more() {
    return List.copyOf(more);
  }

  /** Where no revision takes files, naming them is refused by that reason. */
  @Override
  public List<Column<?>> unlisted() {
    return columns.has(TypedColumns.FILES)
        ? List.of()
        : List.of(Column.insertOnly(TypedColumns.FILES, ColumnType.JSON));
  }

  @Override
  public Map<String, @Nullable Object> tell(Run run, Set<String> wanted, StatementScope scope) {
    TypedRun row = new TypedRun(run, new TypedRun.Misfits(table, scope));
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.putAll(Column.values(columns.columns(), row, wanted));
    values.putAll(Column.values(more, row, wanted));
    return values;
  }
}
