package dev.turntable.store.parquet;

import dev.turntable.store.file.StoreFile;
import dev.turntable.store.file.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes the changed days of one table. DuckDB may write nowhere but where it spills to; from there the
 * files are moved.
 */
final class TableWriter {
  /** After so long others get at the store. */
  private static final Duration TURN = Duration.ofSeconds(1);

  private static final String SPILLED = "parquet-";

  private final StoreFile store;
  private final Waiting waiting;
  private final ParquetDirectory directory;
  private final String sync;
  private final ParquetProgress progress;
  private final List<String> added = new ArrayList<>();
  private ParquetReport report = ParquetReport.NONE;

  TableWriter(
      StoreFile store,
      Waiting waiting,
      ParquetDirectory directory,
      String sync,
      ParquetProgress progress) {
    this.store = store;
    this.waiting = waiting;
    this.directory = directory;
    this.sync = sync;
    this.progress = progress;
  }

  /** Returns the files that were added to the directory, and are not published yet. */
  List<String> added() {
    return List.copyOf(added);
  }

  ParquetReport report() {
    return report;
  }

  /** Returns what the manifest says when the files are published. */
  Manifest write(ParquetTable table, Manifest manifest) {
    State state = store.read(waiting, connection -> state(connection, table));
    Map<String, ParquetDay> before = byDay(manifest.files(table));
    List<ParquetDay> changed = new ArrayList<>();
    List<ParquetDay> days = new ArrayList<>();
    for (ParquetDay day : state.days()) {
      ParquetDay known = before.get(day.day());
      if (known == null || !known.hasRowsOf(day)) {
        changed.add(day);
      } else {
        days.add(known);
      }
    }
    int unchanged = days.size();
    int at = 0;
    long rows = 0;
    while (at < changed.size()) {
      List<ParquetDay> rest = changed.subList(at, changed.size());
      List<ParquetDay> written = store.write(waiting, connection -> turn(connection, table, rest));
      at += Math.max(1, written.size());
      days.addAll(written.stream().filter(day -> day.rows() > 0).toList());
      rows += rows(written);
      progress.written(table.qualifiedName(), (double) at / changed.size(), rows);
    }
    List<ParquetDay> all = days.stream().sorted(Comparator.comparing(ParquetDay::day)).toList();
    Set<String> gone =
        new HashSet<>(
            byDay(manifest.files().stream().filter(file -> file.isOf(table)).toList()).keySet());
    gone.removeAll(byDay(all).keySet());
    List<ParquetDay> fresh = all.stream().filter(day -> added.contains(day.path())).toList();
    report = new ParquetReport(fresh.size(), rows(fresh), gone.size(), unchanged);
    return state.days().isEmpty() && manifest.files().stream().noneMatch(file -> file.isOf(table))
        ? manifest
        : manifest.with(table, state.settledTo(), all);
  }

  private static Map<String, ParquetDay> byDay(List<ParquetDay> days) {
    Map<String, ParquetDay> byDay = new HashMap<>();
    days.forEach(day -> byDay.put(day.day(), day));
    return byDay;
  }

  private static long rows(List<ParquetDay> days) {
    return days.stream().mapToLong(ParquetDay::rows).sum();
  }

  /** What the store has of a table. */
  private record State(List<ParquetDay> days, @Nullable Instant settledTo) {}

  private static State state(Connection connection, ParquetTable table) throws SQLException {
    Integer account = table.account().find(connection);
    if (account == null) {
      return new State(List.of(), null);
    }
    DayTable days = new DayTable(connection, account, table);
    return new State(days.all(), days.settledTo());
  }

  /** Writes the first of some days, with what the store has of each at this moment. */
  private List<ParquetDay> turn(Connection connection, ParquetTable table, List<ParquetDay> days)
      throws SQLException {
    Integer account = table.account().find(connection);
    if (account == null) {
      throw new SQLException("an account is gone");
    }
    DayTable rows = new DayTable(connection, account, table);
    List<ParquetDay> written = new ArrayList<>();
    long end = System.nanoTime() + TURN.toNanos();
    try {
      sweep();
      for (ParquetDay day : days) {
        ParquetDay now = rows.find(day.day());
        written.add(now == null ? nothing(day) : write(rows, now));
        if (System.nanoTime() - end >= 0) {
          break;
        }
      }
    } catch (IOException e) {
      throw directory.failure(e);
    }
    return written;
  }

  private static ParquetDay nothing(ParquetDay day) {
    return new ParquetDay(day.service(), day.table(), day.day(), "", 0, "");
  }

  private ParquetDay write(DayTable rows, ParquetDay day) throws SQLException, IOException {
    String name =
        rows.table().place()
            + "/day="
            + day.day()
            + "/part-"
            + sync
            + "-"
            + added.size()
            + ".parquet";
    Path file = store.paths().temporary().resolve(SPILLED + sync + "-" + added.size());
    rows.copy(day.day(), file);
    directory.add(file, name);
    added.add(name);
    return day.at(name);
  }

  /** Who has the store finds here only what writers that were killed have left. */
  private void sweep() throws IOException {
    List<Path> left;
    try (Stream<Path> files = Files.list(store.paths().temporary())) {
      left = files.filter(file -> file.getFileName().toString().startsWith(SPILLED)).toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    for (Path file : left) {
      Files.deleteIfExists(file);
    }
  }
}
