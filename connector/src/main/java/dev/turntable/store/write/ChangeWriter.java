package dev.turntable.store.write;

import dev.turntable.store.file.Micros;
import dev.turntable.store.file.Sql;
import dev.turntable.store.file.StoreSchema;
import dev.turntable.store.table.Reading;
import dev.turntable.store.table.RowTable;
import dev.turntable.store.table.StoreAccount;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes some changes, in the transaction of a connection: those of a kind together. */
final class ChangeWriter {
  private final Connection connection;
  private final @Nullable SyncTally tally;
  private final Map<StoreAccount, Integer> accounts = new HashMap<>();

  /**
   * @param tally counts what changes, or null
   */
  ChangeWriter(Connection connection, @Nullable SyncTally tally) {
    this.connection = connection;
    this.tally = tally;
  }

  /** Returns how many changes were written. */
  int write(List<Change> changes) throws SQLException {
    if (changes.stream().anyMatch(ChangeWriter::isOfRows)) {
      StoreSchema.change(connection);
    }
    Map<StoreAccount, List<Change>> byAccount = new LinkedHashMap<>();
    for (Change change : changes) {
      byAccount.computeIfAbsent(change.account(), any -> new ArrayList<>()).add(change);
    }
    for (Map.Entry<StoreAccount, List<Change>> entry : byAccount.entrySet()) {
      write(number(entry.getKey()), entry.getValue());
    }
    return changes.size();
  }

  private void write(int account, List<Change> changes) throws SQLException {
    catalogue(new CatalogueTables(connection, account), changes);
    rows(account, only(changes, Change.Rows.class));
    ReadingTables readings = new ReadingTables(connection, account, tally);
    readings.read(last(only(changes, Change.Read.class)));
    for (Change.ReadWindow window : only(changes, Change.ReadWindow.class)) {
      readings.window(window.reading());
    }
    Journal journal = new Journal(connection, account);
    for (Change change : changes) {
      if (change instanceof Change.Intended intended) {
        journal.begin(intended.entry());
      } else if (change instanceof Change.Written written) {
        journal.end(written);
      } else if (change instanceof Change.FoundBefore found) {
        journal.foundBefore(found);
      }
    }
    new UnsettledWrites(connection, account).settle(changes, journal);
    RequestTable requests = new RequestTable(connection);
    requests.add(account, only(changes, Change.Sent.class));
    for (Change.ForgottenRequests old : only(changes, Change.ForgottenRequests.class)) {
      requests.forget(account, old.before());
      journal.forget(old.before());
    }
    for (Change.Forgotten forgotten : only(changes, Change.Forgotten.class)) {
      forget(account, readings, Micros.of(forgotten.before()));
    }
  }

  private static void catalogue(CatalogueTables catalogue, List<Change> changes)
      throws SQLException {
    catalogue.name(only(changes, Change.Named.class));
    catalogue.state(only(changes, Change.TaskRead.class));
    for (Change.Archived archived : only(changes, Change.Archived.class)) {
      catalogue.archive(archived);
    }
    for (Change.LogRead log : only(changes, Change.LogRead.class)) {
      catalogue.logRead(log);
    }
    for (Change.Withdrawn withdrawn : only(changes, Change.Withdrawn.class)) {
      catalogue.withdraw(withdrawn);
    }
  }

  /** Of what was read more than once only the last reading counts. */
  private static List<Reading> last(List<Change.Read> changes) {
    Map<List<String>, Reading> readings = new LinkedHashMap<>();
    for (Change.Read read : changes) {
      Reading reading = read.reading();
      readings.put(
          List.of(reading.table().qualifiedName(), reading.scope(), reading.key()), reading);
    }
    return List.copyOf(readings.values());
  }

  private static boolean isOfRows(Change change) {
    return !(change instanceof Change.Sent || change instanceof Change.ForgottenRequests);
  }

  private static <C extends Change> List<C> only(List<Change> changes, Class<C> kind) {
    return changes.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private int number(StoreAccount account) throws SQLException {
    Integer known = accounts.get(account);
    if (known == null) {
      known = account.number(connection);
      accounts.put(account, known);
    }
    return known;
  }

  private void rows(int account, List<Change.Rows> changes) throws SQLException {
    Map<String, RowTable> tables = new LinkedHashMap<>();
    Map<String, Map<String, RowWriter.Staged>> rows = new LinkedHashMap<>();
    for (Change.Rows change : changes) {
      tables.put(change.table().qualifiedName(), change.table());
      Map<String, RowWriter.Staged> byKey =
          rows.computeIfAbsent(change.table().qualifiedName(), any -> new LinkedHashMap<>());
      for (RowTable.Kept row : change.kept()) {
        byKey.merge(
            row.key(),
            new RowWriter.Staged(
                row, change.readAt(), change.table().leftOutText(), change.listed()),
            ChangeWriter::younger);
      }
    }
    for (Map.Entry<String, RowTable> entry : tables.entrySet()) {
      List<RowWriter.Staged> staged =
          List.copyOf(java.util.Objects.requireNonNull(rows.get(entry.getKey())).values());
      if (!staged.isEmpty()) {
        new RowWriter(connection, entry.getValue()).write(account, staged, tally);
      }
    }
  }

  /** What a list shows stays shown if something else read it again in the same moment. */
  private static RowWriter.Staged younger(RowWriter.Staged a, RowWriter.Staged b) {
    RowWriter.Staged young = a.readAt().isAfter(b.readAt()) ? a : b;
    return new RowWriter.Staged(
        young.row(), young.readAt(), young.leftOut(), a.listed() || b.listed());
  }

  /** First what speaks for the rows, which then are no longer all. */
  private void forget(int account, ReadingTables readings, long before) throws SQLException {
    readings.forget(before);
    for (String table : RowTable.all(connection)) {
      Sql.run(
          connection,
          "DELETE FROM " + Sql.name(table) + " WHERE _account = ? AND _read_at < make_timestamp(?)",
          account,
          before);
    }
  }
}
