package dev.turntable.store;

import dev.turntable.source.KnownTask;
import dev.turntable.source.Secrets;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TaskCatalog;
import dev.turntable.source.TurntableException;
import dev.turntable.store.file.JsonText;
import dev.turntable.store.file.Micros;
import dev.turntable.store.file.StoreFile;
import dev.turntable.store.file.Waiting;
import dev.turntable.store.table.StoreAccount;
import dev.turntable.store.write.CatalogueTables;
import dev.turntable.store.write.Change;
import dev.turntable.store.write.StoreWriter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The tasks of one account in a store. */
final class StoreCatalog implements TaskCatalog {
  /** The origin of what an answer named. */
  static final String SEEN = "seen";

  /** The origin of what was made here. */
  static final String CREATED = "created";

  private static final Duration YOUNG = Duration.ofSeconds(1);

  private static final String TASKS =
      "SELECT n.id, n.origin, COALESCE(n.worker, s.worker), epoch_us(n.first_seen),"
          + " epoch_us(s.last_read), s.found FROM named_tasks n LEFT JOIN task_states s ON s.account ="
          + " n.account AND s.id = n.id WHERE n.account = ? ORDER BY n.first_seen, n.id, n.origin";

  private static final String LOGS =
      "SELECT COUNT(*), epoch_us(MIN(read_at)) FROM logs WHERE account = ?";

  private static final String LOG_TIMES =
      "SELECT worker, epoch_us(MAX(read_at)) FROM logs WHERE account = ? GROUP BY worker";

  private final StoreFile file;
  private final StoreAccount account;
  private final Duration longestWait;
  private final Secrets secrets;
  private final Predicate<Instant> isFresh;
  private @Nullable Last last;

  private record Last(Known known, long version, long nanos) {}

  /**
   * @param isFresh whether a log that was read then need not be read again
   */
  StoreCatalog(
      StoreFile file,
      StoreAccount account,
      Duration longestWait,
      Secrets secrets,
      Predicate<Instant> isFresh) {
    this.isFresh = isFresh;
    this.file = file;
    this.account = account;
    this.longestWait = longestWait;
    this.secrets = secrets;
  }

  /** A key in the place of an id is not written down. */
  private boolean isKept(String id) {
    return JsonText.isKept(id) && secrets.mask(id).equals(id);
  }

  private @Nullable String kept(@Nullable String worker) {
    return worker != null && isKept(worker) ? worker : null;
  }

  @Override
  public boolean isKept() {
    return true;
  }

  @Override
  public Known known(StatementScope scope) {
    return read(Waiting.of(scope, longestWait));
  }

  @Override
  public synchronized @Nullable Known lastKnown() {
    Last before = last;
    if (before == null
        || before.version() != StoreWriter.of(file).version()
        || System.nanoTime() - before.nanos() > YOUNG.toNanos()) {
      try {
        return read(Waiting.patient(Duration.ZERO));
      } catch (TurntableException e) {
        return before == null ? null : before.known();
      }
    }
    return before.known();
  }

  private Known read(Waiting waiting) {
    long version = StoreWriter.of(file).version();
    StoreWriter.of(file).flush(waiting);
    Known known = file.read(waiting, this::known);
    synchronized (this) {
      last = new Last(known, version, System.nanoTime());
    }
    return known;
  }

  private Known known(Connection connection) throws SQLException {
    List<String> ids = new ArrayList<>();
    Set<String> archived = new LinkedHashSet<>();
    Integer number = account.find(connection);
    if (number == null) {
      return Known.NOTHING;
    }
    try (PreparedStatement statement = connection.prepareStatement(CatalogueTables.KNOWN)) {
      statement.setInt(1, number);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          if (rows.getBoolean(2)) {
            archived.add(rows.getString(1));
          } else if (rows.getBoolean(3)) {
            ids.add(rows.getString(1));
          }
        }
      }
    }
    return new Known(
        ids, archived, logs(connection, number), freshLogs(connection, number, isFresh));
  }

  /** Returns the workers whose log was read to its end so lately that it need not be read again. */
  static Set<String> freshLogs(Connection connection, int account, Predicate<Instant> isFresh)
      throws SQLException {
    Set<String> fresh = new LinkedHashSet<>();
    try (PreparedStatement statement = connection.prepareStatement(LOG_TIMES)) {
      statement.setInt(1, account);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          if (isFresh.test(Micros.time(rows.getLong(2)))) {
            fresh.add(rows.getString(1));
          }
        }
      }
    }
    return fresh;
  }

  static @Nullable Logs logs(Connection connection, int account) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LOGS)) {
      statement.setInt(1, account);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && row.getLong(1) > 0
            ? new Logs(row.getLong(1), Micros.time(row.getLong(2)))
            : null;
      }
    }
  }

  @Override
  public void logRead(String worker, Instant began) {
    if (isKept(worker)) {
      StoreWriter.of(file).add(List.of(new Change.LogRead(account, worker, began)));
    }
  }

  @Override
  public void named(String origin, String id, @Nullable String worker) {
    if (isKept(id)) {
      StoreWriter.of(file).add(List.of(named(origin, id, worker, Instant.now())));
    }
  }

  private Change.Named named(String origin, String id, @Nullable String worker, Instant at) {
    return new Change.Named(account, origin, id, kept(worker), at, at);
  }

  @Override
  public void read(String id, Instant began, boolean found, @Nullable String worker) {
    if (!isKept(id)) {
      return;
    }
    List<Change> changes = new ArrayList<>();
    if (found) {
      changes.add(named(SEEN, id, worker, began));
    }
    changes.add(new Change.TaskRead(account, id, began, found, kept(worker)));
    StoreWriter.of(file).add(changes);
  }

  @Override
  public void archived(String id) {
    if (isKept(id)) {
      StoreWriter.of(file).add(List.of(new Change.Archived(account, id, Instant.now())));
    }
  }

  @Override
  public void intended(String id, @Nullable String worker, Instant until, StatementScope scope) {
    if (isKept(id)) {
      StoreWriter.of(file)
          .add(List.of(new Change.Named(account, CREATED, id, kept(worker), Instant.now(), until)));
    }
    StoreWriter.of(file).flush(Waiting.of(scope, longestWait));
  }

  @Override
  public void withdrawn(String id) {
    StoreWriter.of(file).add(List.of(new Change.Withdrawn(account, id)));
  }

  @Override
  public List<KnownTask> tasks() {
    Waiting waiting = Waiting.patient(longestWait);
    StoreWriter.of(file).flush(waiting);
    return file.read(
        waiting,
        connection -> {
          List<KnownTask> tasks = new ArrayList<>();
          Integer number = account.find(connection);
          if (number == null) {
            return tasks;
          }
          try (PreparedStatement statement = connection.prepareStatement(TASKS)) {
            statement.setInt(1, number);
            try (ResultSet rows = statement.executeQuery()) {
              while (rows.next()) {
                tasks.add(task(rows));
              }
            }
          }
          return tasks;
        });
  }

  private static KnownTask task(ResultSet row) throws SQLException {
    long lastRead = row.getLong(5);
    Instant read = row.wasNull() ? null : Micros.time(lastRead);
    boolean found = row.getBoolean(6);
    return new KnownTask(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        Micros.time(row.getLong(4)),
        read,
        (read == null || row.wasNull()) ? null : found);
  }
}
