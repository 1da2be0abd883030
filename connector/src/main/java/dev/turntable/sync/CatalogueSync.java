package dev.turntable.sync;

import dev.turntable.store.sync.StoreSync;
import dev.turntable.store.sync.SyncTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the rows of a catalogue that the store lacks, or that may have changed, and what belongs to them. */
final class CatalogueSync {
  private final Statements statements;
  private final StoreSync store;
  private final SyncTable table;
  private final List<SyncTable> parts;
  private final SyncProgress progress;

  CatalogueSync(
      Statements statements,
      StoreSync store,
      SyncTable table,
      List<SyncTable> parts,
      SyncProgress progress) {
    this.statements = statements;
    this.store = store;
    this.table = table;
    this.parts = parts;
    this.progress = progress;
  }

  /**
   * @param logs lists whose rows name rows of the catalogue that have changed
   * @param notBefore what was read before is read again, however final; or null
   */
  void run(List<SyncTable> logs, @Nullable Instant notBefore) {
    List<String> keys =
        statements.ask(scope -> store.outdated(table, parts, logs, notBefore, scope));
    int step = statements.width();
    for (int from = 0; from < keys.size(); from += step) {
      int to = Math.min(from + step, keys.size());
      read(keys.subList(from, to));
      progress.reached(table.qualifiedName(), (double) to / keys.size(), to, statements.requests());
    }
  }

  /** In one statement, so that an answer that holds a row and its parts is asked for once. */
  private void read(List<String> keys) {
    List<SyncTable> all = new ArrayList<>(List.of(table));
    all.addAll(parts);
    List<Object> parameters = new ArrayList<>();
    List<String> queries = new ArrayList<>();
    for (SyncTable each : all) {
      queries.add(
          "SELECT COUNT(*) FROM "
              + Statements.name(each)
              + " WHERE "
              + Statements.quoted(each.column())
              + " IN (?"
              + ", ?".repeat(keys.size() - 1)
              + ")");
      parameters.addAll(keys);
    }
    statements.read(String.join(" UNION ALL ", queries), parameters, ReadRows.all());
  }
}
