package dev.turntable.store;

import dev.turntable.source.Account;
import dev.turntable.source.KnownTask;
import dev.turntable.source.SourceSchema;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TableDef;
import dev.turntable.source.TaskSource;
import dev.turntable.store.read.SourceStore;
import dev.turntable.store.sync.SyncTable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A source whose rows are kept. */
final class StoredSource implements TaskSource {
  private final TaskSource source;
  private final List<SourceSchema> schemas;

  StoredSource(SourceStore store) {
    this.source = store.source();
    Set<String> catalogued = new HashSet<>();
    for (SourceSchema schema : source.schemas()) {
      if (!schema.lazy()) {
        catalogued.addAll(SyncTable.catalogues(schema));
      }
    }
    this.schemas =
        source.schemas().stream().map(schema -> stored(store, schema, catalogued)).toList();
  }

  private static SourceSchema stored(
      SourceStore store, SourceSchema schema, Set<String> catalogued) {
    return new SourceSchema(
        schema.name(),
        schema.remarks(),
        schema.lazy(),
        scope ->
            schema.loader().apply(scope).stream()
                .<TableDef<?>>map(table -> stored(store, schema, table, catalogued))
                .toList());
  }

  private static <T> TableDef<?> stored(
      SourceStore store, SourceSchema schema, TableDef<T> table, Set<String> catalogued) {
    // What a lazy schema shows are views of records that are kept elsewhere, reports have no key.
    if (schema.lazy() || table.primaryKey().isEmpty()) {
      WriteJournal journal = new WriteJournal(store, schema.name() + "." + table.name());
      return table
          .withInserter(StoredWrites.inserter(journal, table.inserter(), true))
          .withDeleter(StoredWrites.deleter(journal, table.deleter(), true));
    }
    return StoredTableFactory.of(store, schema.name(), table, catalogued);
  }

  @Override
  public List<SourceSchema> schemas() {
    return schemas;
  }

  @Override
  public List<KnownTask> knownTasks() {
    return source.knownTasks();
  }

  @Override
  public @Nullable Account account(StatementScope scope) {
    return source.account(scope);
  }

  @Override
  public @Nullable Account knownAccount() {
    return source.knownAccount();
  }

  @Override
  public boolean readsWholeRecords() {
    return source.readsWholeRecords();
  }

  @Override
  public boolean isFinal(String table, Function<String, @Nullable Object> row) {
    return source.isFinal(table, row);
  }

  @Override
  public boolean isValid(StatementScope scope) {
    return source.isValid(scope);
  }

  @Override
  public void close() {
    source.close();
  }
}
