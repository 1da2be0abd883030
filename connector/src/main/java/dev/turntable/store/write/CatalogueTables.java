package dev.turntable.store.write;

import dev.turntable.store.file.JsonText;
import dev.turntable.store.file.Micros;
import dev.turntable.store.file.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The tasks of an account that are known by name: by which origin, what was last heard of them, and up to
 * when the logs that name them were read.
 *
 * @param account the number of the account
 */
public record CatalogueTables(Connection connection, int account) {
  /** Ids of an account, whether archived, and whether the service may know them. */
  public static final String KNOWN =
      "SELECT n.id, bool_or(s.archived_at IS NOT NULL), bool_or(s.found IS DISTINCT FROM FALSE OR"
          + " n.named_at > s.last_read) FROM named_tasks n LEFT JOIN task_states s ON s.account ="
          + " n.account AND s.id = n.id WHERE n.account = ? GROUP BY n.id ORDER BY"
          + " MIN(n.first_seen), n.id";

  /** What has another origin need not have been seen. */
  void name(List<Change.Named> named) throws SQLException {
    Map<List<String>, Change.Named> distinct = new LinkedHashMap<>();
    named.forEach(
        each ->
            distinct.merge(
                List.of(each.origin(), each.id()),
                each,
                (a, b) -> b.until().isAfter(a.until()) ? b : a));
    if (distinct.isEmpty()) {
      return;
    }
    StringBuilder json = new StringBuilder("[");
    for (Change.Named each : distinct.values()) {
      json.append(json.length() == 1 ? "{\"o\":" : ",{\"o\":");
      JsonText.append(json, each.origin());
      json.append(",\"i\":");
      JsonText.append(json, each.id());
      if (each.worker() != null) {
        json.append(",\"w\":");
        JsonText.append(json, each.worker());
      }
      json.append(",\"t\":").append(Micros.of(each.at()));
      json.append(",\"u\":").append(Micros.of(each.until())).append('}');
    }
    String given =
        "(SELECT unnest(from_json(?, '[{\"o\":\"VARCHAR\",\"i\":\"VARCHAR\",\"w\":\"VARCHAR\","
            + "\"t\":\"BIGINT\",\"u\":\"BIGINT\"}]'), max_depth := 2))";
    String text = json.append(']').toString();
    // First those with an origin of their own, then those that were only seen.
    for (String which : new String[] {"g.o <> 'seen'", "g.o = 'seen'"}) {
      Sql.run(
          connection,
          "INSERT INTO named_tasks SELECT ?, g.o, g.i, g.w, make_timestamp(g.t), make_timestamp(g.u)"
              + " FROM "
              + given
              + " g WHERE "
              + which
              + " AND NOT EXISTS (SELECT 1 FROM named_tasks n WHERE n.account = ? AND n.id = g.i"
              + " AND (n.origin = g.o OR g.o = 'seen'))",
          account,
          text,
          account);
    }
    // What was gone and is named again is asked for again.
    Sql.run(
        connection,
        "UPDATE named_tasks SET named_at = GREATEST(named_at, make_timestamp(g.u)) FROM "
            + given
            + " g WHERE account = ? AND id = g.i AND origin = g.o AND g.o <> 'seen'",
        text,
        account);
  }

  void state(List<Change.TaskRead> reads) throws SQLException {
    Map<String, Change.TaskRead> last = new LinkedHashMap<>();
    for (Change.TaskRead read : reads) {
      last.merge(read.id(), read, (a, b) -> a.at().isAfter(b.at()) ? a : b);
    }
    if (last.isEmpty()) {
      return;
    }
    StringBuilder json = new StringBuilder("[");
    for (Change.TaskRead each : last.values()) {
      json.append(json.length() == 1 ? "{\"i\":" : ",{\"i\":");
      JsonText.append(json, each.id());
      if (each.worker() != null) {
        json.append(",\"w\":");
        JsonText.append(json, each.worker());
      }
      json.append(",\"f\":").append(each.found());
      json.append(",\"t\":").append(Micros.of(each.at())).append('}');
    }
    Sql.run(
        connection,
        "MERGE INTO task_states t USING (SELECT unnest(from_json(?, '[{\"i\":\"VARCHAR\","
            + "\"w\":\"VARCHAR\",\"f\":\"BOOLEAN\",\"t\":\"BIGINT\"}]'), max_depth := 2)) s"
            + " ON t.account = ? AND t.id = s.i"
            + " WHEN MATCHED AND t.last_read > make_timestamp(s.t) THEN DO NOTHING"
            + " WHEN MATCHED THEN UPDATE SET last_read = make_timestamp(s.t), found = s.f,"
            + " worker = COALESCE(s.w, t.worker)"
            + " WHEN NOT MATCHED THEN INSERT VALUES (?, s.i, make_timestamp(s.t), s.f, s.w, NULL)",
        json.append(']').toString(),
        account,
        account);
  }

  void archive(Change.Archived archived) throws SQLException {
    Sql.run(
        connection,
        "MERGE INTO task_states t USING (SELECT ? AS i, make_timestamp(?) AS a) s"
            + " ON t.account = ? AND t.id = s.i"
            + " WHEN MATCHED THEN UPDATE SET archived_at = s.a"
            + " WHEN NOT MATCHED THEN INSERT VALUES (?, s.i, NULL, NULL, NULL, s.a)",
        archived.id(),
        Micros.of(archived.at()),
        account,
        account);
  }

  /** Notes that the log of a worker was read to its end. */
  void logRead(Change.LogRead log) throws SQLException {
    Sql.run(connection, "DELETE FROM logs WHERE account = ? AND worker = ?", account, log.worker());
    Sql.run(
        connection,
        "INSERT INTO logs VALUES (?, ?, make_timestamp(?))",
        account,
        log.worker(),
        Micros.of(log.at()));
  }

  /** Takes back that a task was made here. */
  void withdraw(Change.Withdrawn withdrawn) throws SQLException {
    Sql.run(
        connection,
        "DELETE FROM named_tasks WHERE account = ? AND id = ? AND origin = 'created'",
        account,
        withdrawn.id());
  }
}
