package dev.turntable.store;

import dev.turntable.config.ConnectionConfig.ConfiguredSource;
import dev.turntable.config.StoreSettings;
import dev.turntable.source.Account;
import dev.turntable.source.ConnectionScope;
import dev.turntable.source.CoverageRecord;
import dev.turntable.source.PropertyDef;
import dev.turntable.source.TaskSource;
import dev.turntable.source.TurntableException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** The store of one connection. */
public final class Store implements AutoCloseable {
  /** A connection that is closed waits no longer than this until the store has what it has read. */
  private static final Duration LONGEST_CLOSING = Duration.ofSeconds(2);

  private final StoreSettings settings;
  private final StoreFile file;
  private final InstantSource clock;
  private final List<SourceStore> sources = new ArrayList<>();

  private Store(StoreSettings settings, InstantSource clock) {
    this.settings = settings;
    this.file = StoreFile.of(settings);
    this.clock = clock;
  }

  /**
   * Finds the library and the directory; opens nothing.
   *
   * @throws TurntableException if there is no library, or the directory cannot be ours
   */
  public static Store open(StoreSettings settings) {
    Store store = new Store(settings, InstantSource.system());
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
    connection.remember(
        account ->
            new StoreCatalog(
                file, StoreAccount.of(service, account, settings), settings.longestWait()));
    TaskSource source = opener.apply(configured);
    SourceStore stored =
        new SourceStore(
            service, source, fallback(configured), file, settings, clock, new AtomicBoolean());
    sources.add(stored);
    return new StoredSource(stored);
  }

  /** All properties of a source that does not tell its account, lest two accounts become one. */
  private static Account fallback(ConfiguredSource configured) {
    List<String> places = new ArrayList<>();
    StringBuilder secrets = new StringBuilder();
    for (PropertyDef def : configured.provider().properties()) {
      String value = String.valueOf(configured.config().find(def.name()));
      if (def.secret()) {
        secrets.append(value).append('\n');
      } else {
        places.add(def.name() + "=" + value);
      }
    }
    return new Account(places, secrets.toString());
  }

  /** From now on nothing of this connection comes from the store; all that it reads goes there. */
  public StoreSync sync() {
    sources.forEach(SourceStore::stopAnswering);
    return new StoreSync(file, settings.longestWait(), sources);
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
    Duration keep = settings.keep();
    for (SourceStore source : sources) {
      StoreAccount account = source.knownAccount();
      if (keep != null && account != null) {
        Change forgotten = new Change.Forgotten(account, clock.instant().minus(keep));
        file.writer().add(List.of(forgotten));
      }
    }
    try {
      file.writer().flush(StoreFile.patient(LONGEST_CLOSING));
      file.letGo();
    } catch (TurntableException e) {
      // What could not be kept is asked for again.
    }
  }
}
