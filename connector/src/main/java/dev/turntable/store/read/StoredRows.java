package dev.turntable.store.read;

import dev.turntable.source.Fetch;
import dev.turntable.source.MemoryUse;
import dev.turntable.source.Page;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import dev.turntable.source.ValueSize;
import dev.turntable.store.file.Query;
import dev.turntable.store.file.StoreFile;
import dev.turntable.store.file.Waiting;
import dev.turntable.store.table.StoredRow;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one query of a store, page by page: from DuckDB, where they stand in a temporary table, or
 * from a spool, once the file was let go. Used by whoever has the turn of its {@link StatementReading}.
 */
public final class StoredRows {
  private static final int PAGE = 2_048;

  private static final MemoryUse ROWS =
      new MemoryUse("rows out of the store", "select fewer columns");

  private final StatementReading reading;
  private final RowForm form;
  private final Instant readAt;
  private final String table;
  private final long first;
  private final long count;
  private long next;
  private @Nullable RowSpool spool;
  private @Nullable TurntableException lost;

  private StoredRows(
      StatementReading reading,
      RowForm form,
      Instant readAt,
      String table,
      long first,
      long count) {
    this.reading = reading;
    this.form = form;
    this.readAt = readAt;
    this.table = table;
    this.first = first;
    this.count = count;
  }

  /**
   * Runs a query, within {@link StatementReading#ask}.
   *
   * @param form how its rows are read
   * @param sql the query
   * @param readAt when the oldest of what it may give was read
   */
  public static StoredRows of(
      StatementReading reading, Connection connection, RowForm form, Query sql, Instant readAt)
      throws SQLException {
    String name = "result_" + reading.nextResult();
    String table = "temp.main." + name;
    try (PreparedStatement create = sql.prepare(connection, "CREATE TEMP TABLE " + name + " AS ")) {
      create.execute();
    }
    try (PreparedStatement look =
            connection.prepareStatement("SELECT COUNT(*), MIN(rowid) FROM " + table);
        ResultSet row = look.executeQuery()) {
      row.next();
      StoredRows rows =
          new StoredRows(reading, form, readAt, table, row.getLong(2), row.getLong(1));
      if (rows.count > 0) {
        reading.keep(rows);
      }
      return rows;
    }
  }

  public long count() {
    return count;
  }

  public Instant readAt() {
    return readAt;
  }

  public boolean isRead() {
    return next >= count;
  }

  /** Reads a page as a step of a scan, which the next one follows. */
  public Page<Object> page(StatementScope scope) {
    if (isRead()) {
      return Page.last(List.of());
    }
    List<StoredRow> rows = reading.read(this);
    long bytes = 0;
    for (StoredRow row : rows) {
      bytes += ValueSize.ofRow(row.values().toArray());
    }
    scope.memory().take(bytes, ROWS);
    scope.bodies().count(bytes);
    scope.bodies().keep(bytes);
    scope.countStored(rows.size(), readAt);
    Fetch<Object> rest = this::page;
    return isRead() ? Page.last(List.copyOf(rows)) : Page.then(List.copyOf(rows), rest);
  }

  List<StoredRow> read(StoreFile.@Nullable Session session, Waiting waiting) throws IOException {
    TurntableException failure = lost;
    if (failure != null) {
      throw new TurntableException(failure.kind(), String.valueOf(failure.getMessage()), failure);
    }
    int wanted = (int) Math.min(PAGE, count - next);
    RowSpool spooled = spool;
    List<StoredRow> page;
    if (spooled != null) {
      page = spooled.read(wanted, form.width());
    } else if (session != null) {
      page = session.run(waiting, connection -> select(connection, next, wanted));
    } else {
      throw new IllegalStateException("rows of a transaction that has ended");
    }
    next += page.size();
    return page;
  }

  private List<StoredRow> select(Connection connection, long from, int wanted) throws SQLException {
    List<StoredRow> page = new ArrayList<>(wanted);
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT * FROM " + table + " WHERE rowid >= ? AND rowid < ? ORDER BY rowid")) {
      statement.setLong(1, first + from);
      statement.setLong(2, first + from + wanted);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          page.add(form.read(rows));
        }
      }
    }
    return page;
  }

  /** Moves what is not read yet out of DuckDB. */
  void spool(StoreFile.Session session, Waiting waiting) throws IOException {
    if (spool != null || lost != null || isRead()) {
      return;
    }
    RowSpool spooled = new RowSpool(reading.paths());
    boolean whole = false;
    try {
      for (long at = next; at < count; at += PAGE) {
        waiting.ensureWanted();
        long from = at;
        int wanted = (int) Math.min(PAGE, count - at);
        for (StoredRow row : session.run(waiting, connection -> select(connection, from, wanted))) {
          spooled.write(row);
        }
      }
      whole = true;
      spool = spooled;
    } finally {
      if (!whole) {
        spooled.close();
      }
    }
  }

  void lose(TurntableException why) {
    if (spool == null) {
      lost = why;
    }
  }

  void close() {
    if (spool != null) {
      spool.close();
    }
  }
}
