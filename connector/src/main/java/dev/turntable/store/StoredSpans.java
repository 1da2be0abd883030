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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
  private boolean answers;

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
    this.reader = new WindowReader(table.store(), table.rows(), timeColumn);
    this.wanted = TimeSpan.of(request.filter(timeColumn));
  }

  /**
   * Returns the steps.
   *
   * @param mayAnswer whether rows may come from the store
   */
  List<Fetch<Object>> open(StatementScope scope, boolean mayAnswer) {
    answers = mayAnswer && table.store().answers();
    List<Fetch<Object>> steps = new ArrayList<>();
    if (path.keys().isEmpty()) {
      steps.addAll(steps(List.of(), Reading.LIST, scope));
    } else {
      for (List<Object> key : request.keys()) {
        String text = Objects.requireNonNull(Reading.keyText(key), "key");
        steps.add(
            statement -> {
              List<Fetch<Object>> each = steps(List.of(key), text, statement);
              return each.size() == 1 ? each.get(0).fetch(statement) : new Page<>(List.of(), each);
            });
      }
    }
    return steps;
  }

  /** A span, and the part of a window that covers it, or null. */
  private record Piece(TimeSpan span, WindowReader.@Nullable Part part) {}

  private List<Fetch<Object>> steps(List<List<Object>> keys, String key, StatementScope scope) {
    List<Piece> pieces = new ArrayList<>();
    WindowReader.Cover cover = cover(key, scope);
    cover.covered().forEach(part -> pieces.add(new Piece(part.span(), part)));
    cover.gaps().forEach(gap -> pieces.add(new Piece(gap, null)));
    // The order that the source documents, if any, is the newest first.
    pieces.sort(Comparator.comparing((Piece piece) -> piece.span().from()).reversed());
    List<Fetch<Object>> steps = new ArrayList<>();
    for (Piece piece : pieces) {
      WindowReader.Part part = piece.part();
      if (part == null) {
        steps.addAll(live(keys, key, piece.span(), scope));
      } else {
        steps.add(statement -> stored(keys, key, part, statement));
      }
    }
    return steps;
  }

  private WindowReader.Cover cover(String key, StatementScope scope) {
    if (!answers) {
      return new WindowReader.Cover(List.of(), List.of(wanted), 0);
    }
    try {
      return reader.cover(table.store().waiting(scope), account, readingScope, key, wanted);
    } catch (TurntableException e) {
      scope.ensureOpen();
      scope.warn("the service is asked, for the store cannot be read: " + e.getMessage());
      return new WindowReader.Cover(List.of(), List.of(wanted), 0);
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
    return others || request.limit().isPresent()
        ? capture.rows(steps)
        : capture.window(steps, readingScope, key, timeColumn, span);
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

  private Page<Object> stored(
      List<List<Object>> keys, String key, WindowReader.Part part, StatementScope scope) {
    List<StoredRow> rows = reader.rows(scope, account, readingScope, key, part, request.columns());
    if (rows == null) {
      return new Page<>(List.of(), live(keys, key, part.span(), scope));
    }
    scope.countStored(rows.size(), part.window().readAt());
    new ShownKeys(table.rows(), path, request).tell(rows, scope);
    return Page.last(List.copyOf(rows));
  }

  /** Returns what is asked of the service, without waiting for anybody. */
  List<RequestEstimate> estimate() {
    Map<String, List<RequestEstimate>> byKey = new LinkedHashMap<>();
    boolean whole = true;
    for (Map.Entry<String, List<List<Object>>> key : keys().entrySet()) {
      WindowReader.Cover cover = look(key.getKey());
      whole &= cover.covered().isEmpty();
      List<RequestEstimate> estimates = new ArrayList<>();
      for (TimeSpan gap : cover.gaps()) {
        estimates.addAll(path.estimate(asked(key.getValue(), gap)));
      }
      byKey.put(key.getKey(), estimates);
    }
    return whole ? path.estimate(request) : byKey.values().stream().flatMap(List::stream).toList();
  }

  List<String> notes() {
    long rows = 0;
    Instant oldest = null;
    for (String key : keys().keySet()) {
      WindowReader.Cover cover = look(key);
      rows += cover.rows();
      Instant readAt = cover.readAt();
      oldest = oldest == null || (readAt != null && readAt.isBefore(oldest)) ? readAt : oldest;
    }
    return oldest == null
        ? List.of()
        : List.of(
            "store: "
                + rows
                + " rows, age at most "
                + AgeText.text(Duration.between(oldest, table.store().clock().instant())));
  }

  private WindowReader.Cover look(String key) {
    try {
      return reader.cover(StoreFile.patient(Duration.ZERO), account, readingScope, key, wanted);
    } catch (TurntableException e) {
      return new WindowReader.Cover(List.of(), List.of(wanted), 0); // told where rows are read
    }
  }

  private Map<String, List<List<Object>>> keys() {
    Map<String, List<List<Object>>> keys = new LinkedHashMap<>();
    if (path.keys().isEmpty()) {
      keys.put(Reading.LIST, List.of());
    }
    for (List<Object> key : request.keys()) {
      keys.put(Objects.requireNonNull(Reading.keyText(key), "key"), List.of(key));
    }
    return keys;
  }
}
