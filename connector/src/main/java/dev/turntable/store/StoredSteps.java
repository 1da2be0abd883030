package dev.turntable.store;

import dev.turntable.source.AgeText;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.Fetch;
import dev.turntable.source.KeyedFetch;
import dev.turntable.source.Ordering;
import dev.turntable.source.Page;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import dev.turntable.store.read.Selection;
import dev.turntable.store.read.ShownKeys;
import dev.turntable.store.read.StoreReader;
import dev.turntable.store.read.StoredRows;
import dev.turntable.store.table.KeyText;
import dev.turntable.store.table.Reading;
import dev.turntable.store.table.StoreAccount;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The steps of one scan: first what is all there in the store, which is looked up at once for all keys,
 * then what the source is asked for.
 */
final class StoredSteps<T> {
  /** A failure to read, which old rows may stand in for. */
  static final Set<ErrorKind> UNREAD =
      Set.of(
          ErrorKind.BAD_ANSWER,
          ErrorKind.UNREACHABLE,
          ErrorKind.CONNECTION_LOST,
          ErrorKind.TIMEOUT);

  private final StoredTable<T> table;
  private final Capture<T> capture;
  private final StoreAccount account;
  private final String readingScope;
  private final Selection selection;
  private final List<Ordering> order;
  private final ShownKeys shown;
  private final boolean answers;

  /**
   * A key whose rows are asked for.
   *
   * @param text its text, or null if it has none
   * @param live opens the steps that ask the service for it
   */
  record Asked<T>(@Nullable String text, Supplier<List<Fetch<T>>> live) {}

  StoredSteps(
      StoredTable<T> table,
      Capture<T> capture,
      StoreAccount account,
      String readingScope,
      Selection selection,
      List<Ordering> order,
      ShownKeys shown,
      boolean answers) {
    this.table = table;
    this.capture = capture;
    this.account = account;
    this.readingScope = readingScope;
    this.selection = selection;
    this.order = order;
    this.shown = shown;
    this.answers = answers;
  }

  /**
   * Keys that the statement names.
   *
   * @param all whether the source is asked for all rows of a key
   */
  List<Fetch<Object>> keyed(List<Asked<T>> keys, boolean all) {
    if (!answers) {
      return keys.stream().flatMap(key -> live(key, all).stream()).toList();
    }
    return List.of(
        scope -> {
          StoreReader.Found found = lookUp(keys.stream().map(Asked::text).toList(), scope);
          List<Fetch<Object>> steps = stored(found);
          for (Asked<T> key : keys) {
            if (key.text() == null || !found.keys().containsKey(key.text())) {
              steps.addAll(live(key, all));
            }
          }
          return run(steps, scope);
        });
  }

  private List<Fetch<Object>> live(Asked<T> key, boolean all) {
    String text = key.text();
    Supplier<List<Fetch<Object>>> steps =
        () ->
            all && text != null
                ? capture.of(key.live().get(), readingScope, text)
                : capture.rows(key.live().get());
    return standIn(text, steps);
  }

  /** All rows that a list shows. */
  List<Fetch<Object>> list(Supplier<List<Fetch<T>>> live, boolean all) {
    Supplier<List<Fetch<Object>>> steps =
        () -> all ? capture.of(live.get(), readingScope, Reading.LIST) : capture.rows(live.get());
    if (!answers) {
      return standIn(Reading.LIST, steps);
    }
    return List.of(
        scope -> {
          StoreReader.Found found = lookUp(List.of(Reading.LIST), scope);
          return run(found.keys().isEmpty() ? standIn(Reading.LIST, steps) : stored(found), scope);
        });
  }

  /** Steps of a source that knows the keys itself. */
  List<Fetch<Object>> known(List<Fetch<T>> steps) {
    List<KeyedFetch<T>> keyed = new ArrayList<>();
    List<Fetch<Object>> others = new ArrayList<>();
    for (Fetch<T> step : steps) {
      if (step instanceof KeyedFetch<T> ofKey) {
        keyed.add(ofKey);
      } else {
        others.add(
            scope -> {
              Page<T> page = step.fetch(scope);
              return new Page<>(
                  List.<Object>copyOf(page.rows()), known(page.next()), page.anyOrder());
            });
      }
    }
    List<Fetch<Object>> all = new ArrayList<>();
    if (answers && !keyed.isEmpty()) {
      all.add(scope -> lookedUp(keyed, scope));
    } else {
      keyed.forEach(step -> all.addAll(live(step)));
    }
    all.addAll(others);
    return all;
  }

  private Page<Object> lookedUp(List<KeyedFetch<T>> keyed, StatementScope scope) {
    StoreReader.Found found = lookUp(keyed.stream().map(StoredSteps::text).toList(), scope);
    List<Fetch<Object>> steps = stored(found);
    for (KeyedFetch<T> step : keyed) {
      if (found.keys().containsKey(text(step))) {
        steps.addAll(known(step.skipped(scope).next()));
      } else {
        steps.addAll(live(step));
      }
    }
    return run(steps, scope);
  }

  private static String text(KeyedFetch<?> step) {
    // What is no key of a store is found nowhere.
    return Objects.requireNonNullElse(KeyText.of(List.of(step.key())), "");
  }

  private List<Fetch<Object>> live(KeyedFetch<T> step) {
    String key = KeyText.of(List.of(step.key()));
    return standIn(
        key,
        () ->
            key == null
                ? capture.rows(List.of(step))
                : capture.of(List.of(step), readingScope, key));
  }

  private static List<Fetch<Object>> stored(StoreReader.Found found) {
    List<Fetch<Object>> steps = new ArrayList<>();
    StoredRows rows = found.rows();
    if (rows != null && rows.count() > 0) {
      steps.add(rows::page);
    }
    return steps;
  }

  /** One step is run here, several follow. */
  private static Page<Object> run(List<Fetch<Object>> steps, StatementScope scope) {
    return steps.size() == 1 ? steps.get(0).fetch(scope) : new Page<>(List.of(), steps);
  }

  /** Asks the source; where that fails, old rows stand in if they may. */
  private List<Fetch<Object>> standIn(@Nullable String key, Supplier<List<Fetch<Object>>> live) {
    if (!table.store().answersFailures() || key == null) {
      return live.get();
    }
    return List.of(
        scope -> {
          try {
            return run(live.get(), scope);
          } catch (TurntableException e) {
            StoredRows old = stale(key, e, scope);
            if (old == null) {
              throw e;
            }
            warn(table, old, e, scope);
            return old.page(scope);
          }
        });
  }

  static void warn(
      StoredTable<?> table, StoredRows old, TurntableException failure, StatementScope scope) {
    Duration age = Duration.between(old.readAt(), table.store().clock().instant());
    scope.warn(
        table.rows().qualifiedName()
            + ": "
            + old.count()
            + " rows are from the store, "
            + AgeText.text(age)
            + " old, for the service failed: "
            + failure.getMessage());
  }

  private @Nullable StoredRows stale(String key, TurntableException failure, StatementScope scope) {
    if ((key.isEmpty() && !shown.canBeTold())
        || !UNREAD.contains(failure.kind())
        || scope.isEnded()) {
      return null;
    }
    try {
      return find(List.of(key), scope, true).rows();
    } catch (TurntableException e) {
      failure.addSuppressed(e);
      return null;
    }
  }

  private StoreReader.Found lookUp(List<@Nullable String> keys, StatementScope scope) {
    try {
      return find(keys.stream().filter(Objects::nonNull).distinct().toList(), scope, false);
    } catch (TurntableException e) {
      scope.ensureOpen();
      scope.warn("the service is asked, for the store cannot be read: " + e.getMessage());
      return StoreReader.Found.NOTHING;
    }
  }

  private StoreReader.Found find(
      Collection<@Nullable String> keys, StatementScope scope, boolean anyAge) {
    List<String> texts = new ArrayList<>();
    keys.forEach(key -> texts.add(Objects.requireNonNull(key)));
    return table
        .reader()
        .find(scope, account, readingScope, texts, selection, order, shown, anyAge);
  }
}
