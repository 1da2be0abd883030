package dev.turntable.store.sync;

import dev.turntable.store.file.Micros;
import dev.turntable.store.file.Sql;
import dev.turntable.store.table.RowTable;
import dev.turntable.store.table.TimeSpan;
import dev.turntable.store.write.CatalogueTables;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which keys of a catalogue the store knows, but not what they stand for now. */
final class OutdatedKeys {
  /** The parts of a row are read with it, perhaps a moment before. */
  private static final String WITH_ITS_ROW = "INTERVAL 10 SECOND";

  private final Connection connection;
  private final int account;
  private final SyncTable catalogue;

  OutdatedKeys(Connection connection, int account, SyncTable catalogue) {
    this.connection = connection;
    this.account = account;
    this.catalogue = catalogue;
  }

  List<String> find(List<SyncTable> parts, List<SyncTable> logs, @Nullable Instant notBefore)
      throws SQLException {
    StringBuilder sql =
        new StringBuilder("SELECT k.id FROM (")
            .append(CatalogueTables.KNOWN)
            .append(
                ") k (id, archived, found) WHERE NOT k.archived AND k.found AND NOT EXISTS (SELECT 1")
            .append(
                " FROM readings r WHERE r.account = ? AND r.table_name = ? AND r.scope = ? AND r.key")
            .append(" = k.id AND r.is_final AND r.read_at >= make_timestamp(?)")
            .append(" AND NOT EXISTS (SELECT 1 FROM writes w WHERE w.account = r.account AND")
            .append(" w.written_at >= r.read_at AND w.value IN ('*', r.key))");
    for (SyncTable part : parts) {
      sql.append(" AND EXISTS (SELECT 1 FROM readings p WHERE p.account = r.account AND")
          .append(" p.table_name = ")
          .append(Sql.text(part.qualifiedName()))
          .append(" AND p.scope = ")
          .append(Sql.text(part.keyColumn()))
          .append(" AND p.key = r.key AND p.read_at >= r.read_at - ")
          .append(WITH_ITS_ROW)
          .append(')');
    }
    for (SyncTable log : logs) {
      if (Sql.isThere(connection, RowTable.nameOf(log.qualifiedName()))
          && log.parent() != null
          && log.column() != null) {
        sql.append(" AND NOT EXISTS (SELECT 1 FROM ")
            .append(Sql.name(RowTable.nameOf(log.qualifiedName())))
            .append(" l WHERE l._account = r.account AND l.")
            .append(Sql.name(log.parent()))
            .append(" = r.key AND l.")
            .append(Sql.name(log.column()))
            .append(" > r.read_at)");
      }
    }
    List<String> keys = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql.append(')').toString())) {
      statement.setInt(1, account);
      statement.setInt(2, account);
      statement.setString(3, catalogue.qualifiedName());
      statement.setString(4, catalogue.keyColumn());
      statement.setLong(
          5, notBefore == null ? Micros.of(TimeSpan.ALL.from()) : Micros.of(notBefore));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          keys.add(rows.getString(1));
        }
      }
    }
    return keys;
  }
}
