package dev.turntable.store;

import dev.turntable.source.AccessPath;
import dev.turntable.source.AgeText;
import dev.turntable.source.ColumnFilter;
import dev.turntable.source.Fetch;
import dev.turntable.source.Page;
import dev.turntable.source.RequestEstimate;
import dev.turntable.source.ScanRequest;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import dev.turntable.store.read.Selection;
import dev.turntable.store.read.ShownKeys;
import dev.turntable.store.read.StatementReading;
import dev.turntable.store.read.StoreReader;
import dev.turntable.store.read.StoredRows;
import dev.turntable.store.read.WindowCovers;
import dev.turntable.store.read.WindowReader;
import dev.turntable.store.table.KeyText;
import dev.turntable.store.table.Reading;
import dev.turntable.store.table.StoreAccount;
import dev.turntable.store.table.TimeSpan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a scan over rows that have a time: the spans that the store covers come from it, the
 * service is asked for the gaps between them and nothing else.
 */
final class StoredSpans<T> {
  private final StoredTable<T> table;
  private final AccessPath<T> path;
  private final Capture<T> capture;
  private final StoreAccount account;
  private final String readingScope;
  private final ScanRequest request;
  private final String timeColumn;
  private final WindowReader reader;
  private final TimeSpan wanted;
  private final ShownKeys shown;
  private final Selection selection;

  StoredSpans(
      StoredTable<T> table,
      AccessPath<T> path,
      Capture<T> capture,
      StoreAccount account,
      String readingScope,
      ScanRequest request) {
    this.table = table;
    this.path = path;
    this.capture = capture;
    this.account = account;
    this.readingScope = readingScope;
    this.request = request;
    this.timeColumn = Objects.requireNonNull(path.timeColumn(), "timeColumn");
    this.reader =
        new WindowReader(
            table.store(), table.rows(), timeColumn, readingScope, lists(table, path, timeColumn));
    this.wanted = TimeSpan.of(request.filter(timeColumn));
    this.shown = new ShownKeys(table.rows(), path, request);
    this.selection = Selection.of(table.rows(), request, path.keys());
  }

  /** Returns the lists of the table that show the rows of every key that a list of other rows names. */
  private static WindowCovers.@Nullable ListsOfParents lists(
      StoredTable<?> table, AccessPath<?> path, String timeColumn) {
    List<String> scopes = new ArrayList<>();
    for (AccessPath<?> list : table.definition().paths()) {
      Set<String> leftOut = list.coverage(ScanRequest.all(Set.of())).wholeFor().keySet();
      if (list.keys().isEmpty()
          && timeColumn.equals(list.timeColumn())
          && leftOut.equals(Set.copyOf(path.keys()))) {
        scopes.add(Reading.listScope(list.name()));
      }
    }
    return table.definition().foreignKeys().stream()
        .filter(key -> !scopes.isEmpty() && key.columns().equals(path.keys()))
        .map(key -> new WindowCovers.ListsOfParents(scopes, key.schema() + "." + key.table()))
        .findFirst()
        .orElse(null);
  }

  List<Fetch<Object>> open(StatementScope scope) {
    Map<String, List<List<Object>>> keys = keys();
    if (!table.store().answers()) {
      List<Fetch<Object>> steps = new ArrayList<>();
      keys.forEach((text, key) -> steps.addAll(live(key, text, wanted, scope)));
      return steps;
    }
    return List.of(
        statement -> {
          List<Fetch<Object>> steps = steps(keys, statement);
          return steps.size() == 1 ? steps.get(0).fetch(statement) : new Page<>(List.of(), steps);
        });
  }

  /** A span, and what gives its rows. */
  private record Piece(TimeSpan span, List<Fetch<Object>> steps) {}

  private List<Fetch<Object>> steps(Map<String, List<List<Object>>> keys, StatementScope scope) {
    WindowReader.Found found = find(keys, scope);
    List<Piece> pieces = new ArrayList<>();
    List<Fetch<Object>> steps = new ArrayList<>();
    if (keys.size() == 1) {
      // The order that the source documents, if any, is the newest first.
      WindowCovers.Cover cover = found.covers().values().iterator().next();
      for (int i = 0; i < found.rows().size(); i++) {
        pieces.add(new Piece(cover.covered().get(i).span(), List.of(found.rows().get(i)::page)));
      }
    } else {
      found.rows().forEach(rows -> steps.add(rows::page));
    }
    keys.forEach(
        (text, key) -> {
          WindowCovers.Cover cover =
              found.covers().getOrDefault(text, WindowCovers.Cover.none(wanted));
          for (TimeSpan gap : cover.gaps()) {
            pieces.add(new Piece(gap, live(key, text, gap, scope)));
          }
        });
    if (keys.size() == 1) {
      pieces.sort(Comparator.comparing((Piece piece) -> piece.span().from()).reversed());
    }
    pieces.forEach(piece -> steps.addAll(piece.steps()));
    return steps;
  }

  private WindowReader.Found find(Map<String, List<List<Object>>> keys, StatementScope scope) {
    try {
      return reader.find(
          scope,
          account,
          keys.keySet(),
          new WindowReader.Wanted(wanted, keys.size() == 1, false),
          selection,
          shown);
    } catch (TurntableException e) {
      scope.ensureOpen();
      scope.warn("the service is asked, for the store cannot be read: " + e.getMessage());
      Map<String, WindowCovers.Cover> none = new LinkedHashMap<>();
      keys.keySet().forEach(key -> none.put(key, WindowCovers.Cover.none(wanted)));
      return new WindowReader.Found(none, List.of());
    }
  }

  private List<Fetch<Object>> live(
      List<List<Object>> keys, String key, TimeSpan span, StatementScope scope) {
    List<Fetch<T>> steps = path.open(asked(keys, span), scope);
    boolean others =
        request.filters().entrySet().stream()
            .anyMatch(
                filter ->
                    !filter.getKey().equals(timeColumn)
                        || !(filter.getValue() instanceof ColumnFilter.Range));
    List<Fetch<Object>> captured =
        others || request.limit().isPresent()
            ? capture.rows(steps)
            : capture.window(steps, readingScope, key, timeColumn, span);
    return table.store().answersFailures()
        ? captured.stream().map(step -> standIn(step, key, span)).toList()
        : captured;
  }

  /** Where a page cannot be read, all old rows of the span follow; those that were read are not doubled. */
  private Fetch<Object> standIn(Fetch<Object> step, String key, TimeSpan span) {
    return scope -> {
      try {
        Page<Object> page = step.fetch(scope);
        return new Page<>(
            page.rows(),
            page.next().stream().map(next -> standIn(next, key, span)).toList(),
            page.anyOrder());
      } catch (TurntableException e) {
        StoredRows old = stale(key, span, e, scope);
        if (old == null) {
          throw e;
        }
        StoredSteps.warn(table, old, e, scope);
        return old.page(scope);
      }
    };
  }

  private @Nullable StoredRows stale(
      String key, TimeSpan span, TurntableException failure, StatementScope scope) {
    if (!StoredSteps.UNREAD.contains(failure.kind())
        || scope.isEnded()
        || (key.isEmpty() && !shown.canBeTold())) {
      return null;
    }
    try {
      WindowReader.Found found =
          reader.find(
              scope,
              account,
              List.of(key),
              new WindowReader.Wanted(span, false, true),
              selection,
              shown);
      return found.rows().isEmpty() || !found.covers().values().iterator().next().gaps().isEmpty()
          ? null
          : found.rows().get(0);
    } catch (TurntableException e) {
      failure.addSuppressed(e);
      return null;
    }
  }

  private ScanRequest asked(List<List<Object>> keys, TimeSpan span) {
    Map<String, ColumnFilter> filters = new LinkedHashMap<>(request.filters());
    if (!span.equals(wanted)) {
      ColumnFilter time = span.filter();
      if (time == null) {
        filters.remove(timeColumn);
      } else {
        filters.put(timeColumn, time);
      }
    }
    return request.withFilters(filters).withKeys(keys);
  }

  /** Returns the rows, or null if the store does not have all of them. */
  StoreReader.@Nullable Kept kept(StatementReading reading) {
    return reader.kept(reading, account, keys().keySet(), wanted, selection);
  }

  /** Returns what is asked of the service, without waiting for anybody. */
  List<RequestEstimate> estimate() {
    Map<String, List<List<Object>>> keys = keys();
    WindowReader.Summary there = look(keys);
    if (there == null || there.readAt() == null) {
      return path.estimate(request);
    }
    List<RequestEstimate> estimates = new ArrayList<>();
    keys.forEach(
        (text, key) -> {
          for (TimeSpan gap :
              there.covers().getOrDefault(text, WindowCovers.Cover.none(wanted)).gaps()) {
            estimates.addAll(path.estimate(asked(key, gap)));
          }
        });
    return estimates;
  }

  List<String> notes() {
    WindowReader.Summary there = look(keys());
    Instant oldest = there == null ? null : there.readAt();
    return there == null || oldest == null
        ? List.of()
        : StoreNotes.of(
            there.rows(),
            AgeText.text(Duration.between(oldest, table.store().clock().instant())),
            selection);
  }

  private WindowReader.@Nullable Summary look(Map<String, List<List<Object>>> keys) {
    if (keys.size() > StoreNotes.MOST_LOOKED_UP) {
      return null;
    }
    try {
      return reader.look(account, keys.keySet(), wanted);
    } catch (TurntableException e) {
      return null; // told where rows are read
    }
  }

  private Map<String, List<List<Object>>> keys() {
    Map<String, List<List<Object>>> keys = new LinkedHashMap<>();
    if (path.keys().isEmpty()) {
      keys.put(Reading.LIST, List.of());
    }
    for (List<Object> key : request.keys()) {
      keys.put(Objects.requireNonNull(KeyText.of(key), "key"), List.of(key));
    }
    return keys;
  }
}
