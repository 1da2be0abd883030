package dev.turntable.store.sync;

import dev.turntable.store.table.TimeSpan;
import dev.turntable.store.table.Window;
import dev.turntable.store.table.WindowTable;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Joins windows of one history that were read one soon after the other. */
final class WindowJoin {
  private final WindowTable windows;

  WindowJoin(WindowTable windows) {
    this.windows = windows;
  }

  /**
   * @param since when the reading of those began that are joined
   */
  void run(Instant since) throws SQLException {
    List<Window> run = new ArrayList<>();
    for (Window window : windows.all()) {
      if (window.readAt().isBefore(since)) {
        continue;
      }
      if (!run.isEmpty() && !follows(run.get(run.size() - 1), window)) {
        join(run);
        run.clear();
      }
      run.add(window);
    }
    join(run);
  }

  /** Of what has not settled no later window may say more. */
  private static boolean follows(Window first, Window next) {
    return first.settled().equals(first.span()) && !first.span().to().isBefore(next.span().from());
  }

  private void join(List<Window> run) throws SQLException {
    if (run.size() < 2) {
      return;
    }
    Window last = run.get(run.size() - 1);
    Instant oldest = run.stream().map(Window::readAt).min(Instant::compareTo).orElseThrow();
    long rows = 0;
    for (Window each : run) {
      rows += windows.remove(each);
    }
    TimeSpan span = new TimeSpan(run.get(0).span().from(), last.span().to());
    windows.add(new Window(span, oldest, last.settledTo()), rows);
  }
}
