package dev.turntable.run;

import dev.turntable.source.ColumnFilter;
import dev.turntable.source.MemoryBudget;
import dev.turntable.source.ScanRequest;
import dev.turntable.source.StatementScope;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The lists that a statement has read and reads again, each in the columns that any of its scans
 * wants. They stand in where equal requests no longer find their answers, which are larger: nothing
 * is sent twice. Where memory is short even for rows, a list is read again.
 */
final class CachedLists {
  /** They take at most so small a part of the memory that all statements share. */
  private static final int PART = 4;

  private final StatementScope scope;
  private final Map<String, Set<Integer>> columns;
  private final Map<Key, CachedList> lists = new HashMap<>();
  private final AtomicLong room = new AtomicLong(MemoryBudget.shared().size() / PART);

  private record Key(
      String table,
      String path,
      List<List<Object>> keys,
      Map<String, ColumnFilter> filters,
      boolean keysFollow) {}

  /**
   * @param columns the positions of the columns wanted of the tables that are read more than once, by
   *     their qualified names
   */
  CachedLists(StatementScope scope, Map<String, Set<Integer>> columns) {
    this.scope = scope;
    this.columns = columns;
  }

  /**
   * Returns what is kept of a list; null if it is not read again as a whole.
   *
   * @param keysFollow as in a {@link ScanRequest}
   */
  @Nullable CachedList of(ScanNode<?> node, AccessChoice<?> choice, boolean keysFollow) {
    String table = node.schema() + "." + node.table().name();
    Set<Integer> wanted = columns.get(table);
    if (wanted == null
        || choice.path().unique()
        || (node.isDriven() && !choice.request().keys().isEmpty())
        || !node.rows().order().isEmpty()
        || !wanted.containsAll(node.neededPositions())) {
      return null;
    }
    ScanRequest request = choice.request();
    return lists.computeIfAbsent(
        new Key(table, choice.path().name(), request.keys(), request.filters(), keysFollow),
        key -> new CachedList(scope, wanted, node.table().columns().size(), room));
  }
}
