package dev.turntable.sync;

import dev.turntable.source.ErrorKind;
import dev.turntable.source.TurntableException;
import dev.turntable.store.sync.SyncTable;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is brought up to date.
 *
 * @param since rows of a history made before are not asked for, or null for all time
 * @param tables the names of the tables, with or without their schema; empty for all
 * @param refresh whether what can hardly change is asked for again if it was read more than a day ago
 */
public record SyncOptions(@Nullable Instant since, Set<String> tables, boolean refresh) {
  /** Everything, and only what may have changed. */
  public static final SyncOptions ALL = new SyncOptions(null, Set.of(), false);

  public SyncOptions {
    tables = Set.copyOf(tables);
  }

  /** By default of what is beside a catalogue only the logs: the rest costs requests each time. */
  boolean includes(SyncTable table, boolean besideCatalogue) {
    return tables.isEmpty()
        ? table.kind() != SyncTable.Kind.LIST || table.isLog() || !besideCatalogue
        : tables.stream().anyMatch(name -> isCalled(table, name));
  }

  private static boolean isCalled(SyncTable table, String name) {
    return name.equalsIgnoreCase(table.name()) || name.equalsIgnoreCase(table.qualifiedName());
  }

  void check(List<SyncTable> all) {
    for (String name : tables) {
      if (all.stream().noneMatch(table -> isCalled(table, name))) {
        throw new TurntableException(
            ErrorKind.UNKNOWN_TABLE,
            "there is no table '"
                + name
                + "' to bring up to date, but "
                + String.join(", ", all.stream().map(SyncTable::qualifiedName).toList()));
      }
    }
  }
}
