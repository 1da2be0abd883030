package dev.turntable.store;

import dev.turntable.config.ConnectionConfig.ConfiguredSource;
import dev.turntable.config.StoreSettings;
import dev.turntable.source.ConnectionScope;
import dev.turntable.source.CoverageRecord;
import dev.turntable.source.RequestRecord;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TaskSource;
import dev.turntable.source.TurntableException;
import dev.turntable.store.file.StoreFile;
import dev.turntable.store.file.Waiting;
import dev.turntable.store.read.SourceStore;
import dev.turntable.store.sync.StoreSync;
import dev.turntable.store.table.StoreAccount;
import dev.turntable.store.write.Change;
import dev.turntable.store.write.RequestTable;
import dev.turntable.store.write.StoreWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The store of one connection. */
public final class Store implements AutoCloseable {
  /** A connection that is closed waits no longer than this until the store has what it has read. */
  private static final Duration LONGEST_CLOSING = Duration.ofSeconds(2);

  private final StoreSettings settings;
  private final StoreFile file;
  private final InstantSource clock;
  private final List<SourceStore> sources = new CopyOnWriteArrayList<>();
  private final SentRequests requests;

  private Store(
      StoreSettings settings, UnaryOperator<String> withoutLiterals, InstantSource clock) {
    this.settings = settings;
    this.file = StoreFile.of(settings);
    this.clock = clock;
    this.requests = new SentRequests(file, sources, withoutLiterals);
  }

  /**
   * Finds the library and the directory; opens nothing.
   *
   * @param withoutLiterals makes of a statement what may be kept of it for long
   * @throws TurntableException if there is no library, or the directory cannot be ours
   */
  public static Store open(StoreSettings settings, UnaryOperator<String> withoutLiterals) {
    Store store = new Store(settings, withoutLiterals, InstantSource.system());
    store.file.paths().check();
    return store;
  }

  /**
   * Opens a source whose rows are kept.
   *
   * @param opener opens it, once its tasks are remembered
   */
  public TaskSource around(
      ConfiguredSource configured,
      ConnectionScope connection,
      Function<ConfiguredSource, TaskSource> opener) {
    String service = configured.provider().name();
    AtomicBoolean silent = new AtomicBoolean();
    connection.remember(
        account ->
            new StoreCatalog(
                file,
                StoreAccount.of(service, account, settings),
                settings.longestWait(),
                connection.secrets(),
                readAt -> !silent.get() && SourceStore.isFresh(readAt, settings.maxAge(), clock)));
    TaskSource source = opener.apply(configured);
    SourceStore stored = new SourceStore(configured, source, file, settings, clock, silent);
    sources.add(stored);
    return new StoredSource(stored);
  }

  /** From now on nothing of this connection comes from the store; all that it reads goes there. */
  public StoreSync sync() {
    sources.forEach(SourceStore::stopAnswering);
    return new StoreSync(file, settings.longestWait(), sources);
  }

  /** Keeps the requests that a connection sends from now on. */
  public void listen(ConnectionScope connection) {
    connection.log().listen(requests::add);
  }

  /**
   * Returns the requests of a connection and what is kept of others of the same accounts, oldest first.
   *
   * @param statement is warned where they are not all
   */
  public List<RequestRecord> requests(ConnectionScope connection, StatementScope statement) {
    return requests.all(connection, clock.instant().minus(RequestTable.KEPT), statement);
  }

  /** Returns what the store has of the accounts of this connection, as far as they are known. */
  public List<CoverageRecord> coverage() {
    List<StoreAccount> accounts = new ArrayList<>();
    for (SourceStore source : sources) {
      StoreAccount account = source.knownAccount();
      if (account != null) {
        accounts.add(account);
      }
    }
    return StoreCoverage.read(file, accounts, clock.instant());
  }

  /** Writes what was read and is not yet written, and forgets what is too old to be kept. */
  @Override
  public void close() {
    Instant now = clock.instant();
    requests.close(now.minus(RequestTable.KEPT));
    Duration keep = settings.keep();
    for (SourceStore source : sources) {
      StoreAccount account = source.knownAccount();
      if (keep != null && account != null) {
        StoreWriter.of(file).add(List.of(new Change.Forgotten(account, now.minus(keep))));
      }
    }
    try {
      StoreWriter.of(file).flush(Waiting.patient(LONGEST_CLOSING));
      file.letGo();
    } catch (TurntableException e) {
      // What could not be kept is asked for again.
    }
  }
}
