package dev.turntable.store;

import dev.turntable.source.AgeText;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.Fetch;
import dev.turntable.source.KeyedFetch;
import dev.turntable.source.Ordering;
import dev.turntable.source.Page;
import dev.turntable.source.ScanRequest;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The steps of one scan: out of the store where all is there, else those of the source. */
final class StoredSteps<T> {
  /** So many keys are looked up at once. */
  private static final int CHUNK = 256;

  /** A failure to read, which old rows may stand in for. */
  private static final Set<ErrorKind> UNREAD =
      Set.of(
          ErrorKind.BAD_ANSWER,
          ErrorKind.UNREACHABLE,
          ErrorKind.CONNECTION_LOST,
          ErrorKind.TIMEOUT);

  private final StoredTable<T> table;
  private final Capture<T> capture;
  private final StoreAccount account;
  private final String readingScope;
  private final ScanRequest request;
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
      ScanRequest request,
      List<Ordering> order,
      ShownKeys shown,
      boolean answers) {
    this.table = table;
    this.capture = capture;
    this.account = account;
    this.readingScope = readingScope;
    this.request = request;
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
    List<Fetch<Object>> steps = new ArrayList<>();
    for (int from = 0; from < keys.size(); from += CHUNK) {
      List<Asked<T>> some = keys.subList(from, Math.min(keys.size(), from + CHUNK));
      Chunk chunk = new Chunk(some.stream().map(Asked::text).toList());
      for (Asked<T> key : some) {
        Supplier<List<Fetch<Object>>> live =
            () ->
                all && key.text() != null
                    ? capture.of(key.live().get(), readingScope, key.text())
                    : capture.rows(key.live().get());
        if (!answers && !table.store().settings().staleIfError()) {
          steps.addAll(live.get());
        } else {
          steps.add(scope -> fromStore(key.text(), chunk, scope, () -> run(live.get(), scope)));
        }
      }
    }
    return steps;
  }

  /** All rows that a list shows. */
  List<Fetch<Object>> list(Supplier<List<Fetch<T>>> live, boolean all) {
    Supplier<List<Fetch<Object>>> steps =
        () -> all ? capture.of(live.get(), readingScope, Reading.LIST) : capture.rows(live.get());
    if (!answers && !table.store().settings().staleIfError()) {
      return steps.get();
    }
    Chunk chunk = new Chunk(List.of(Reading.LIST));
    return List.of(scope -> fromStore(Reading.LIST, chunk, scope, () -> run(steps.get(), scope)));
  }

  /** Steps of a source that knows the keys itself. */
  List<Fetch<Object>> known(List<Fetch<T>> steps) {
    List<Fetch<Object>> result = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    Map<Integer, Chunk> chunks = new LinkedHashMap<>();
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i) instanceof KeyedFetch<T> keyed) {
        texts.add(Reading.keyText(List.of(keyed.key())));
      }
    }
    int at = 0;
    for (Fetch<T> step : steps) {
      if (step instanceof KeyedFetch<T> keyed) {
        int number = at / CHUNK;
        Chunk chunk =
            chunks.computeIfAbsent(
                number,
                n -> new Chunk(texts.subList(n * CHUNK, Math.min(texts.size(), (n + 1) * CHUNK))));
        result.add(known(keyed, texts.get(at++), chunk));
      } else {
        result.add(
            scope -> {
              Page<T> page = step.fetch(scope);
              return new Page<>(
                  List.<Object>copyOf(page.rows()), known(page.next()), page.anyOrder());
            });
      }
    }
    return result;
  }

  private Fetch<Object> known(KeyedFetch<T> step, @Nullable String key, Chunk chunk) {
    Fetch<Object> live =
        (key == null ? capture.rows(List.of(step)) : capture.of(List.of(step), readingScope, key))
            .get(0);
    if (!answers && !table.store().settings().staleIfError()) {
      return live;
    }
    return scope -> {
      boolean[] asked = new boolean[1];
      Page<Object> page =
          fromStore(
              key,
              chunk,
              scope,
              () -> {
                Page<Object> answered = live.fetch(scope);
                asked[0] = true;
                return answered;
              });
      if (asked[0]) {
        return page;
      }
      Page<T> rest = step.skipped(scope);
      return new Page<>(page.rows(), known(rest.next()), rest.anyOrder());
    };
  }

  /** One step is run here, several follow. */
  private static Page<Object> run(List<Fetch<Object>> steps, StatementScope scope) {
    return steps.size() == 1 ? steps.get(0).fetch(scope) : new Page<>(List.of(), steps);
  }

  private Page<Object> fromStore(
      @Nullable String key, Chunk chunk, StatementScope scope, Supplier<Page<Object>> live) {
    StoreReader.Found found = key == null || !answers ? null : chunk.find(key, scope);
    if (found != null) {
      return page(found, scope);
    }
    try {
      return live.get();
    } catch (TurntableException e) {
      StoreReader.Found old = stale(key, e, scope);
      if (old == null) {
        throw e;
      }
      Duration age = Duration.between(old.readAt(), table.store().clock().instant());
      scope.warn(
          table.rows().qualifiedName()
              + ": "
              + old.rows().size()
              + " rows are from the store, "
              + AgeText.text(age)
              + " old, for the service failed: "
              + e.getMessage());
      return page(old, scope);
    }
  }

  private Page<Object> page(StoreReader.Found found, StatementScope scope) {
    shown.tell(found.rows(), scope);
    scope.countStored(found.rows().size(), found.readAt());
    return Page.last(List.copyOf(found.rows()));
  }

  private StoreReader.@Nullable Found stale(
      @Nullable String key, TurntableException failure, StatementScope scope) {
    if (!table.store().settings().staleIfError()
        || key == null
        || (key.isEmpty() && !shown.canBeTold(scope))
        || !UNREAD.contains(failure.kind())
        || scope.isEnded()) {
      return null;
    }
    try {
      return find(List.of(key), scope, true).get(key);
    } catch (TurntableException e) {
      failure.addSuppressed(e);
      return null;
    }
  }

  private Map<String, StoreReader.Found> find(
      List<String> keys, StatementScope scope, boolean anyAge) {
    return table
        .reader()
        .find(scope, account, readingScope, keys, request.columns(), order, anyAge);
  }

  /** Keys that are looked up together, when the first of them is wanted. */
  private final class Chunk {
    private final List<String> keys;
    private final AtomicReference<@Nullable CompletableFuture<Map<String, StoreReader.Found>>>
        lookup = new AtomicReference<>();

    Chunk(List<@Nullable String> texts) {
      Set<String> distinct = new LinkedHashSet<>();
      for (String text : texts) {
        if (text != null) {
          distinct.add(text);
        }
      }
      this.keys = List.copyOf(distinct);
    }

    StoreReader.@Nullable Found find(String key, StatementScope scope) {
      CompletableFuture<Map<String, StoreReader.Found>> mine = new CompletableFuture<>();
      CompletableFuture<Map<String, StoreReader.Found>> first =
          lookup.compareAndExchange(null, mine);
      if (first != null) {
        return scope.await(first).get(key);
      }
      try {
        mine.complete(lookUp(scope));
      } catch (RuntimeException | Error e) {
        mine.completeExceptionally(e);
        throw e;
      }
      return mine.join().get(key);
    }

    private Map<String, StoreReader.Found> lookUp(StatementScope scope) {
      try {
        return StoredSteps.this.find(keys, scope, false);
      } catch (TurntableException e) {
        scope.ensureOpen();
        scope.warn("the service is asked, for the store cannot be read: " + e.getMessage());
        return Map.of();
      }
    }
  }
}
