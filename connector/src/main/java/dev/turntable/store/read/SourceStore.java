package dev.turntable.store.read;

import dev.turntable.config.ConnectionConfig.ConfiguredSource;
import dev.turntable.config.StoreSettings;
import dev.turntable.source.Account;
import dev.turntable.source.PropertyDef;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TaskSource;
import dev.turntable.source.TurntableException;
import dev.turntable.store.file.Micros;
import dev.turntable.store.file.StoreFile;
import dev.turntable.store.file.Waiting;
import dev.turntable.store.table.StoreAccount;
import dev.turntable.store.table.TimeSpan;
import dev.turntable.store.write.Change;
import dev.turntable.store.write.StoreWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * What one source of a connection has of a store: whose rows, and how old they may be.
 *
 * @param configured how the source is set
 * @param source reads what the store does not have
 * @param clock tells the time
 * @param silent whether nothing is answered from it, whatever the settings say
 */
public record SourceStore(
    ConfiguredSource configured,
    TaskSource source,
    StoreFile file,
    StoreSettings settings,
    InstantSource clock,
    AtomicBoolean silent) {

  /** What a run of no limit is taken to last. */
  private static final Duration ENDLESS = Duration.ofDays(1);

  /** Returns the name of the source. */
  public String service() {
    return configured.provider().name();
  }

  /** Returns after how long the service has carried out a write, or never will. */
  public Duration longestRun() {
    Duration limit = configured.config().seconds("runTimeout");
    return limit.isZero() ? ENDLESS : limit;
  }

  /** All properties of a source that does not tell its account, lest two accounts become one. */
  private Account fallback() {
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

  /** Returns whether rows are ever answered from the store. */
  public boolean answers() {
    return !silent.get() && mayAnswer();
  }

  public void stopAnswering() {
    silent.set(true);
  }

  /** Returns whether rows stand for those that the service fails to give. */
  public boolean answersFailures() {
    return !silent.get() && settings.staleIfError();
  }

  private boolean mayAnswer() {
    return settings.maxAge().compareTo(Duration.ZERO) > 0
        || settings.finalMaxAge().compareTo(Duration.ZERO) > 0;
  }

  public StoreAccount account(StatementScope scope) {
    Account account = source.account(scope);
    return account(account == null ? fallback() : account);
  }

  /** Returns the same without asking the service, or null if it is not known yet. */
  public @Nullable StoreAccount knownAccount() {
    Account known = source.knownAccount();
    return known == null ? null : account(known);
  }

  private StoreAccount account(Account account) {
    return StoreAccount.of(service(), account, settings);
  }

  public Waiting waiting(StatementScope scope) {
    return Waiting.of(scope, settings.longestWait());
  }

  /** Returns whether what was read then is young enough; never what seems to come from the future. */
  public boolean isFresh(Instant readAt, boolean isFinal) {
    return isFresh(readAt, isFinal ? settings.finalMaxAge() : settings.maxAge(), clock);
  }

  /** As the other one, of what may be so old. */
  public static boolean isFresh(Instant readAt, Duration limit, InstantSource clock) {
    Duration age = Duration.between(readAt, clock.instant());
    return !age.isNegative() && !limit.isZero() && age.compareTo(limit) <= 0;
  }

  /**
   * Returns what {@link #isFresh} says, in SQL, more to be put after WHERE.
   *
   * @param reading the alias of the reading
   */
  String freshness(String reading) {
    Instant now = clock.instant();
    return " AND %1$s.read_at <= make_timestamp(%2$d) AND ((NOT %1$s.is_final AND %3$s) OR (%1$s.is_final AND %4$s))"
        .formatted(
            reading,
            Micros.of(now),
            youngerThan(reading, now, settings.maxAge()),
            youngerThan(reading, now, settings.finalMaxAge()));
  }

  private static String youngerThan(String reading, Instant now, Duration limit) {
    if (limit.isZero()) {
      return "FALSE";
    }
    Instant first = TimeSpan.ALL.from();
    boolean all = limit.compareTo(Duration.between(first, now)) >= 0;
    return reading
        + ".read_at >= make_timestamp("
        + Micros.of(all ? first : now.minus(limit))
        + ")";
  }

  public void add(List<? extends Change> changes, StatementScope scope) {
    StoreWriter.of(file).add(changes);
    TurntableException failure = StoreWriter.of(file).takeFailure();
    if (failure != null) {
      warn("what is read is not kept: " + failure.getMessage(), scope);
    }
  }

  static void warn(String what, StatementScope scope) {
    scope.warn(what);
  }
}
