package dev.turntable.jdbc.memory;

import dev.turntable.source.MemoryAccount;
import dev.turntable.source.MemoryBudget;
import java.sql.Connection;
import java.util.List;
import org.jspecify.annotations.NullMarked;

/** A million small rows. */
@NullMarked
final class ManyRows {
  private static final String WORKER = " worker_id = 'wrk_1000000'";

  private ManyRows() {}

  static void million(Tries tries) throws Exception {
    try (Connection connection = tries.connect()) {
      each(tries, connection, "", "webhook_executions WHERE" + WORKER);
    }
  }

  static void generated(Tries tries) throws Exception {
    try (Connection connection = tries.connect()) {
      each(tries, connection, Tries.RECURSIVE, "webhook_executions, r WHERE r.n = 1 AND" + WORKER);
    }
  }

  private static void each(Tries tries, Connection connection, String with, String rows) {
    // What others hold; else every statement reads a quarter of the rows before it fails.
    MemoryAccount others = MemoryBudget.shared().open();
    others.takeAnyway(Tries.number(0, (int) (MemoryBudget.shared().size() / 4 * 3)));
    for (String sql :
        List.of(
            "SELECT id, COUNT(*) FROM " + rows + " GROUP BY id",
            "SELECT id, SUM(duration_ms) OVER (ORDER BY id) FROM " + rows,
            "SELECT COUNT(*) FROM (SELECT * FROM "
                + rows
                + ") a JOIN (SELECT * FROM "
                + rows
                + ") b ON a.id = b.id",
            "SELECT DISTINCT task_title FROM " + rows,
            "SELECT id FROM " + rows + " ORDER BY task_title")) {
      tries.tell(sql.replace(rows, "rows"), () -> Tries.readAll(connection, with + sql));
    }
    others.close();
  }
}
