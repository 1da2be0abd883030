package dev.turntable.examples.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** Fifty statements of ten shapes, no two alike. */
final class Statements {
  /** How many shapes there are before the first one comes again. */
  static final int SHAPES = 10;

  private Statements() {}

  static String aggregate(String id) {
    return "SELECT status, COUNT(*) AS n FROM tasks WHERE id = '" + id + "' GROUP BY status";
  }

  static String pointRead(String id) {
    return "SELECT id, title, status, credits FROM tasks WHERE id = '" + id + "'";
  }

  static List<String> distinct(List<String> ids) {
    List<String> statements = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      String id = ids.get(i);
      statements.addAll(
          List.of(
              pointRead(id),
              "SELECT title FROM tasks WHERE id IN ('" + id + "', 'x', 'y') AND status = 'error'",
              "SELECT SUM(input_tokens), COUNT(*) FROM turns WHERE task_id = '" + id + "'",
              "SELECT status, COUNT(*) AS n FROM tasks WHERE credits > " + i + " GROUP BY status",
              "SELECT t.title, u.status FROM tasks t JOIN turns u ON u.task_id = t.id WHERE t.id = '"
                  + id
                  + "'",
              "SELECT id, credits * 2 + " + i + " FROM tasks WHERE title LIKE 'A" + i + "%'",
              "SELECT * FROM tasks ORDER BY created_at DESC LIMIT " + (10 + i),
              "SELECT DISTINCT worker_id FROM tasks WHERE status <> 's" + i + "'",
              "SELECT CASE WHEN credits > "
                  + i
                  + " THEN 'much' ELSE 'little' END, UPPER(title) FROM tasks WHERE status = 'error'",
              "SELECT t.status, SUM(u.output_tokens) FROM tasks t JOIN turns u ON u.task_id = t.id"
                  + " WHERE t.credits < "
                  + (100 + i)
                  + " GROUP BY t.status HAVING COUNT(*) > 1"));
    }
    return statements;
  }
}
