package dev.turntable.store.kept;

import dev.turntable.store.file.StoreFile;
import dev.turntable.store.file.StoreSchema;
import dev.turntable.store.table.RowTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What was found of the catalogues of one store, for as long as it does not change. */
public final class KnownStates {
  private static final Map<StoreFile, KnownStates> ALL = new ConcurrentHashMap<>();

  private final Map<Of, Found> found = new ConcurrentHashMap<>();

  private record Of(int account, String table, String scope) {}

  private record Found(String change, KnownState state) {}

  /** Returns what was found in a store, as all connections of this process share it. */
  public static KnownStates of(StoreFile file) {
    return ALL.computeIfAbsent(file, any -> new KnownStates());
  }

  /** Returns the state if it was found already, or null if that would take a look at all rows. */
  public @Nullable KnownState found(
      Connection connection, int account, RowTable table, String scope) throws SQLException {
    Found known = found.get(new Of(account, table.qualifiedName(), scope));
    return known != null && known.change().equals(StoreSchema.lastChange(connection))
        ? known.state()
        : null;
  }

  /** Returns the state as it is in the transaction of a connection. */
  public KnownState state(Connection connection, int account, RowTable table, String scope)
      throws SQLException {
    Of of = new Of(account, table.qualifiedName(), scope);
    String change = StoreSchema.lastChange(connection);
    Found known = found.get(of);
    if (known != null && known.change().equals(change)) {
      return known.state();
    }
    KnownState state = KnownState.of(connection, account, table, scope);
    if (!change.isEmpty()) {
      found.put(of, new Found(change, state));
    }
    return state;
  }
}
