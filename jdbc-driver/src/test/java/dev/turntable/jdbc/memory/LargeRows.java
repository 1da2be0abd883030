package dev.turntable.jdbc.memory;

import dev.turntable.source.MemoryAccount;
import dev.turntable.source.MemoryBudget;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.NullMarked;

/** Rows of which a few fill the heap. */
@NullMarked
final class LargeRows {
  private static final int KB_64 = 1 << 16;
  private static final int MB_2 = 1 << 21;
  private static final int THREADS = 64;

  /** Sub-queries for each row are refused beside a recursive query. */
  private static final int GENERATED = 16;

  private LargeRows() {}

  private static String sort(String kind, int length, int count) {
    return "SELECT id, title FROM tasks WHERE id IN "
        + Tries.ids(kind, length, count)
        + " ORDER BY title DESC";
  }

  static void sorts(Tries tries) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try (Connection connection = tries.connect()) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        running.add(
            threads.submit(
                () -> tries.attempt(() -> Tries.readAll(connection, sort("a", KB_64, 400)))));
      }
      for (Future<?> one : running) {
        one.get();
      }
    }
    threads.shutdown();
    tries.sum("sorts");
  }

  static void oneSort(Tries tries) throws Exception {
    try (Connection connection = tries.connect()) {
      for (int i = 0; i < 3; i++) {
        tries.tell("sort", () -> Tries.readAll(connection, sort("a", KB_64, 400)));
      }
      tries.tell(
          "scan",
          () ->
              Tries.readAll(
                  connection,
                  "SELECT title FROM tasks WHERE id IN " + Tries.ids("a", KB_64, 2000)));
    }
  }

  static void twoMegabytes(Tries tries) throws Exception {
    try (Connection connection = tries.connect()) {
      tries.tell(
          "one",
          () ->
              Tries.readAll(connection, "SELECT * FROM tasks WHERE id = 'tsk_a_" + MB_2 + "_one'"));
      tries.tell("sort", () -> Tries.readAll(connection, sort("a", MB_2, 400)));
    }
  }

  static void wideLetters(Tries tries) throws Exception {
    try (Connection connection = tries.connect()) {
      tries.tell("few", () -> Tries.readAll(connection, sort("w", KB_64, 100)));
      tries.tell("many", () -> Tries.readAll(connection, sort("w", KB_64, 800)));
      tries.tell("quotes", () -> Tries.readAll(connection, sort("q", KB_64, 2000)));
    }
  }

  static void largeBodies(Tries tries) throws Exception {
    try (Connection connection = tries.connect()) {
      for (String kind : List.of("a", "w", "q")) {
        for (int megabytes : List.of(1, 3, 20, 60)) {
          tries.tell(
              kind + " " + megabytes,
              () ->
                  Tries.readAll(
                      connection,
                      "SELECT * FROM tasks WHERE id = 'tsk_"
                          + kind
                          + "_"
                          + megabytes * (MB_2 / 2)
                          + "_0'"));
        }
        // More than there is, of which each row goes before the next ones come.
        tries.tell(
            "many",
            () ->
                Tries.readAll(
                    connection,
                    "SELECT title FROM tasks WHERE id IN " + Tries.ids(kind, MB_2, 50)));
      }
    }
  }

  /** Everything that keeps rows, of each something that cannot be kept. */
  static void operators(Tries tries) throws Exception {
    try (Connection connection = tries.connect()) {
      each(tries, connection, "", "tasks WHERE");
    }
  }

  /** A recursive query takes the whole statement with it. */
  static void generatedCode(Tries tries) throws Exception {
    try (Connection connection = tries.connect()) {
      each(tries, connection, Tries.RECURSIVE, "tasks, r WHERE r.n = 1 AND");
    }
  }

  private static void each(Tries tries, Connection connection, String with, String from) {
    // What others hold; else every statement reads 40 MB before it fails, instead of three.
    MemoryAccount others = MemoryBudget.shared().open();
    others.takeAnyway(MemoryBudget.shared().size() / 16 * 15);
    String many = Tries.ids("a", KB_64, 100);
    String rows = "(SELECT id, title FROM " + from + " id IN " + many + ")";
    List<String> statements =
        List.of(
            "SELECT id, title FROM " + rows + " ORDER BY title",
            "SELECT id, title FROM " + rows + " ORDER BY title LIMIT 90",
            "SELECT title, COUNT(*) FROM " + rows + " GROUP BY title",
            "SELECT DISTINCT title FROM " + rows,
            "SELECT COUNT(DISTINCT title) FROM " + rows,
            "SELECT MAX(title) FROM " + rows + " GROUP BY id",
            "SELECT LISTAGG(title, ',') FROM " + rows,
            "SELECT LENGTH(JSON_ARRAYAGG(title)) FROM " + rows,
            "SELECT CARDINALITY(ARRAY_AGG(title)) FROM " + rows + " GROUP BY LENGTH(title)",
            "SELECT id, title, ROW_NUMBER() OVER (ORDER BY id) FROM " + rows,
            "SELECT id, LAG(title) OVER (PARTITION BY id ORDER BY id) FROM " + rows,
            "SELECT COUNT(*) FROM " + rows + " a JOIN " + rows + " b ON a.title = b.title",
            "SELECT COUNT(*) FROM " + rows + " a LEFT JOIN " + rows + " b ON a.title < b.title",
            "SELECT title FROM " + rows + " EXCEPT SELECT title FROM " + rows,
            "SELECT title FROM " + rows + " INTERSECT SELECT title FROM " + rows,
            "SELECT title FROM " + rows + " UNION SELECT title FROM " + rows,
            "SELECT id FROM " + rows + " a WHERE title >= ALL (SELECT title FROM " + rows + ")",
            "SELECT id, (SELECT MAX(b.title) FROM "
                + rows
                + " b WHERE b.id <> a.id AND b.title >="
                + " a.title) FROM "
                + rows
                + " a ORDER BY 2");
    for (String statement : with.isEmpty() ? statements : statements.subList(0, GENERATED)) {
      tries.tell(
          statement.replace(rows, "rows"), () -> Tries.readAll(connection, with + statement));
    }
    others.close();
  }
}
