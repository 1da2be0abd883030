package dev.turntable.store.kept;

import dev.turntable.source.ColumnType;
import dev.turntable.source.KeptDatabase;
import dev.turntable.source.KeptRows;
import dev.turntable.source.MemoryUse;
import dev.turntable.source.TurntableException;
import dev.turntable.source.ValueSize;
import dev.turntable.store.file.Query;
import dev.turntable.store.file.Sql;
import dev.turntable.store.file.StoreErrors;
import dev.turntable.store.read.RowForm;
import dev.turntable.store.read.Selection;
import dev.turntable.store.read.StatementReading;
import dev.turntable.store.read.StoredRows;
import dev.turntable.store.table.StoredRow;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The store as the database that a statement asks for more than rows: the query that it hands over reads
 * relations, which are put in here, account and all.
 */
public record KeptStore(StatementReading reading) implements KeptDatabase {
  private static final MemoryUse ROWS =
      new MemoryUse("rows out of the store", "select fewer columns");

  @Override
  public @Nullable Rows query(
      String sql, Map<String, List<KeptRows>> relations, List<ColumnType> types) {
    Query query = new Query();
    String with = "WITH ";
    Instant oldest = Instant.MAX;
    for (Map.Entry<String, List<KeptRows>> relation : relations.entrySet()) {
      query.add(with + Sql.name(relation.getKey()) + " AS NOT MATERIALIZED (");
      String union = "";
      for (KeptRows rows : relation.getValue()) {
        KeptReading kept = (KeptReading) rows;
        if (!reading.isSame(kept.transaction())) {
          return null; // what was found may be no longer there
        }
        query.add(union).add(kept.relation());
        union = " UNION ALL ";
        oldest = kept.readAt().isBefore(oldest) ? kept.readAt() : oldest;
      }
      query.add(")");
      with = ", ";
    }
    query.add(" " + sql);
    Instant readAt = oldest;
    try {
      return new Result(
          reading,
          reading.ask(
              connection -> StoredRows.of(reading, connection, new Form(types), query, readAt)));
    } catch (TurntableException e) {
      if (e.getCause() instanceof SQLException failure && StoreErrors.isOfValue(failure)) {
        return null;
      }
      throw e;
    }
  }

  /** The columns of a result. */
  private record Form(List<ColumnType> types) implements RowForm {
    @Override
    public int width() {
      return types.size();
    }

    @Override
    public StoredRow read(ResultSet row) throws SQLException {
      @Nullable Object[] values = new Object[types.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = Selection.value(row, i + 1, types.get(i));
      }
      return new StoredRow(Arrays.asList(values));
    }
  }

  private static final class Result implements Rows {
    private final StatementReading reading;
    private final StoredRows rows;
    private Iterator<StoredRow> page = List.<StoredRow>of().iterator();
    private long held;

    Result(StatementReading reading, StoredRows rows) {
      this.reading = reading;
      this.rows = rows;
    }

    @Override
    public @Nullable Object @Nullable [] next() {
      if (!page.hasNext()) {
        give();
        if (rows.isRead()) {
          return null;
        }
        read();
      }
      return page.next().values().toArray();
    }

    private void read() {
      List<StoredRow> read = new ArrayList<>(reading.read(rows));
      long bytes = 0;
      for (StoredRow row : read) {
        bytes += ValueSize.ofRow(row.values().toArray());
      }
      reading.scope().memory().take(bytes, ROWS);
      held = bytes;
      reading.scope().countStored(read.size(), rows.readAt());
      page = read.iterator();
    }

    private void give() {
      reading.scope().memory().give(held);
      held = 0;
    }

    @Override
    public void close() {
      page = List.<StoredRow>of().iterator();
      give();
    }
  }
}
