package dev.turntable.rightbrain;

import static java.util.Objects.requireNonNull;

import dev.turntable.rightbrain.RightbrainJson.ListPage;
import dev.turntable.rightbrain.RightbrainJson.Pagination;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.Fetch;
import dev.turntable.source.IdSet;
import dev.turntable.source.Page;
import dev.turntable.source.ScanRequest;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import retrofit2.Call;

/**
 * One reading of a list, page after page by cursor. A page says nothing about the end by its length:
 * the service takes rows out of it that the caller may not see. Used by one step at a time.
 */
final class PagedList<T> {
  /** The largest page that the service gives. */
  static final int MAX_PAGE = 100;

  static final String PAGE_LIMIT = "page_limit";

  /** So many pages of rows that have all come before are a list that goes on for ever. */
  private static final int MAX_REPEATS = 20;

  /** Pages may be empty where rows are hidden, but hardly 100,000 rows on end. */
  private static final int MAX_EMPTY = 1000;

  private final OptionalParameterRetry<ListPage<T>> asking;
  private final Function<StatementScope, Function<Map<String, String>, Call<ListPage<T>>>> requests;
  private final Function<T, String> id;
  private final boolean mayBeMissing;
  private final Set<String> seen = new HashSet<>();
  private final IdSet ids = new IdSet();
  private int repeats;
  private int empty;
  private boolean silent;
  private @Nullable Map<String, String> parameters;
  private @Nullable String cursor;
  private @Nullable Call<ListPage<T>> last;
  private boolean ended;
  private Consumer<T> listener = row -> {};

  /**
   * @param requests makes the request of a statement for given parameters
   * @param id what tells one row from another
   * @param mayBeMissing whether the list may belong to a task that does not exist, and is empty then
   */
  PagedList(
      OptionalParameterRetry<ListPage<T>> asking,
      Function<StatementScope, Function<Map<String, String>, Call<ListPage<T>>>> requests,
      Function<T, String> id,
      boolean mayBeMissing) {
    this.id = id;
    this.mayBeMissing = mayBeMissing;
    this.asking = asking;
    this.requests = requests;
  }

  /** Lets somebody else see every row that is read. */
  PagedList<T> heardBy(Consumer<T> other) {
    listener = other;
    return this;
  }

  /** Returns how many rows a page should have: no more than are wanted. */
  static long pageLimit(ScanRequest request) {
    return Math.max(1, Math.min(MAX_PAGE, request.limit().orElse(MAX_PAGE)));
  }

  /** Returns whether there is no further page. */
  boolean ended() {
    return ended;
  }

  /** Reads the next page; of a list that does not exist that is an empty one. */
  List<T> next(StatementScope scope) {
    if (silent) {
      throw bad("is as full as was asked for and does not say whether more follows");
    }
    ListPage<T> page = parameters == null ? first(scope) : further(scope);
    if (page == null) {
      ended = true;
      return List.of();
    }
    cursor = follow(page.pagination());
    // Only who needs more rows than these learns that nobody knows whether there are any.
    silent = cursor == null && isSilent(page);
    ended = cursor == null && !silent;
    if (!ended) {
      ensureProgress(page.results());
    }
    page.results().forEach(listener);
    return page.results();
  }

  private boolean isSilent(ListPage<T> page) {
    Pagination pagination = page.pagination();
    return (pagination == null || pagination.hasNext() == null) && page.results().size() >= asked();
  }

  private int asked() {
    String limit = parameters == null ? null : parameters.get(PAGE_LIMIT);
    return limit == null ? MAX_PAGE : Integer.parseInt(limit);
  }

  /** A service may make up cursors for ever; that no row is new shows it. */
  private void ensureProgress(List<T> rows) {
    boolean anyNew = false;
    for (T row : rows) {
      anyNew |= ids.add(id.apply(row));
    }
    if (anyNew) {
      repeats = 0;
      empty = 0;
    } else if (rows.isEmpty() ? ++empty > MAX_EMPTY : ++repeats > MAX_REPEATS) {
      throw bad(
          "goes on without a new row: the last "
              + (rows.isEmpty() ? empty + " pages were empty" : repeats + " pages repeat others"));
    }
  }

  private @Nullable ListPage<T> first(StatementScope scope) {
    Function<Map<String, String>, Call<ListPage<T>>> request =
        values -> {
          parameters = values;
          return call(scope, values);
        };
    return mayBeMissing ? asking.find(scope, request) : asking.read(scope, request);
  }

  /** All parameters stay as they were on the first page. */
  private ListPage<T> further(StatementScope scope) {
    Map<String, String> values = new LinkedHashMap<>(parameters);
    values.put("cursor", String.valueOf(cursor));
    return asking.service().calls().read(scope, asking.table(), call(scope, values));
  }

  private Call<ListPage<T>> call(StatementScope scope, Map<String, String> values) {
    Call<ListPage<T>> call = requests.apply(scope).apply(values);
    last = call;
    return call;
  }

  private @Nullable String follow(@Nullable Pagination pagination) {
    if (pagination == null || Boolean.FALSE.equals(pagination.hasNext())) {
      return null;
    }
    String next = pagination.nextCursor();
    if (next == null || next.isEmpty()) {
      if (Boolean.TRUE.equals(pagination.hasNext())) {
        throw bad("announces a further page without a cursor for it");
      }
      return null;
    }
    if (!seen.add(next)) {
      throw bad("leads in a circle: the cursor '" + next + "' came twice");
    }
    return next;
  }

  private TurntableException bad(String what) {
    return contradiction("answered with a list that " + what);
  }

  /** Returns the failure of the page read last, which cannot be true. */
  TurntableException contradiction(String what) {
    return asking
        .service()
        .calls()
        .contradiction(ErrorKind.BAD_ANSWER, asking.table(), requireNonNull(last), what);
  }

  /** Returns the step that reads this list to its end, one page after the other. */
  Fetch<T> step() {
    return scope -> {
      List<T> rows = next(scope);
      return ended ? Page.last(rows) : Page.then(rows, step());
    };
  }
}
