package dev.turntable.examples.benchmarks;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads with a store, in a process of its own. */
final class StoreMain {
  private static final int ROUNDS = 9;
  private static final int SCANS = 3;
  private static final DateTimeFormatter LITERAL =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

  private StoreMain() {}

  /**
   * What the process is told.
   *
   * @param url the JDBC URL
   * @param store the directory, or null for none
   */
  record Calls(String url, @Nullable Path store) {
    /** Reads all, then changes some of it often; prints the bytes of JSON, of the store and of its file. */
    Jvm.Run fill(String sql, int commits) throws IOException, InterruptedException {
      return run("fill", sql, String.valueOf(commits));
    }

    /** Prints the nanoseconds of scans with the store and without one, in turn. */
    Jvm.Run scan(String sql) throws IOException, InterruptedException {
      return run("scan", sql, "0");
    }

    /** Prints the nanoseconds of answers out of the store, and of DuckDB on the same file. */
    Jvm.Run answer(String ours, String theirs) throws IOException, InterruptedException {
      return run("answer", ours, theirs);
    }

    private Jvm.Run run(String what, String sql, String more)
        throws IOException, InterruptedException {
      return Jvm.turntable()
          .with("-Xmx256m")
          .run(StoreMain.class, what, url, store == null ? "" : store.toString(), sql, more);
    }
  }

  /**
   * Does one of what {@link Calls} has.
   *
   * @param arguments what to do, the JDBC URL, the directory of the store or nothing, a statement, and what
   *     else is to be known
   */
  public static void main(String[] arguments) throws SQLException, IOException {
    String url = arguments[1];
    String store = arguments[2];
    String sql = arguments[3];
    switch (arguments[0]) {
      case "fill" -> fill(url, store, sql, Integer.parseInt(arguments[4]));
      case "scan" -> scan(url, store, sql);
      case "answer" -> answer(url, store, sql, arguments[4]);
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  private static Connection connect(String url, String store, String maxAge) throws SQLException {
    Properties properties = new Properties();
    if (!store.isEmpty()) {
      properties.setProperty("store", store);
      properties.setProperty("maxAge", maxAge);
    }
    return DriverManager.getConnection(url, properties);
  }

  private static long read(Statement statement, String sql) throws SQLException {
    long rows = 0;
    try (ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        rows += result.getString(1) == null ? 0 : 1;
      }
    }
    return rows;
  }

  private static long number(Statement statement, String sql) throws SQLException {
    try (ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getLong(1);
    }
  }

  private static void scan(String url, String store, String sql) throws SQLException {
    scanOnce(url, "", sql); // warms up
    scanOnce(url, store, sql);
    for (int round = 0; round < SCANS; round++) {
      System.out.println("without " + scanOnce(url, "", sql));
      System.out.println("with " + scanOnce(url, store, sql));
    }
  }

  /** Until what was read is written, too. */
  private static long scanOnce(String url, String store, String sql) throws SQLException {
    long start = System.nanoTime();
    try (Connection connection = connect(url, store, "0");
        Statement statement = connection.createStatement()) {
      read(statement, sql);
    }
    return System.nanoTime() - start;
  }

  private static void fill(String url, String store, String sql, int commits)
      throws SQLException, IOException {
    long json;
    try (Connection connection = connect(url, store, "0");
        Statement statement = connection.createStatement()) {
      read(statement, sql);
      json = number(statement, "SELECT SUM(response_bytes) FROM turntable.requests");
    }
    for (int i = 0; i < commits; i++) {
      try (Connection connection = connect(url, store, "0"); // whose closing commits
          Statement statement = connection.createStatement()) {
        read(statement, sql + " LIMIT 100");
      }
    }
    try (Connection duck = duck(Path.of(store));
        Statement statement = duck.createStatement()) {
      long used =
          number(
              statement,
              "SELECT used_blocks * block_size FROM pragma_database_size() WHERE database_name ="
                  + " 'store'");
      long file = Files.size(Path.of(store, "turntable.duckdb"));
      System.out.println("bytes " + json + " " + used + " " + file);
    }
  }

  private static void answer(String url, String store, String ours, String theirs)
      throws SQLException, IOException {
    List<String> lines = new ArrayList<>();
    String begin = "TIMESTAMP '" + LITERAL.format(Instant.now()) + "'";
    try (Connection connection = connect(url, store, "86400");
        Statement statement = connection.createStatement()) {
      for (int round = 0; round < ROUNDS; round++) {
        long start = System.nanoTime();
        read(statement, ours);
        lines.add("ours " + (System.nanoTime() - start));
      }
      String sent =
          "SELECT COUNT(*) FROM turntable.requests WHERE url NOT LIKE '%whoami%' AND started_at >= "
              + begin;
      if (number(statement, sent) > 0) {
        throw new SQLException("requests were sent: " + ours);
      }
    }
    try (Connection duck = duck(Path.of(store));
        Statement statement = duck.createStatement()) {
      for (int round = 0; round < ROUNDS; round++) {
        long start = System.nanoTime();
        read(statement, theirs.replace("FROM task_runs", "FROM \"rows rightbrain.task_runs\""));
        lines.add("theirs " + (System.nanoTime() - start));
      }
    }
    lines.forEach(System.out::println);
  }

  /** Opens the file as anybody could who has DuckDB. */
  private static Connection duck(Path store) throws SQLException, IOException {
    Path beside = Jvm.driver().toAbsolutePath().getParent();
    Path jar;
    try (Stream<Path> files = Files.list(beside)) {
      jar =
          files
              .filter(file -> file.getFileName().toString().startsWith("duckdb_jdbc"))
              .findFirst()
              .orElseThrow();
    }
    try {
      URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()});
      Driver driver =
          (Driver)
              loader.loadClass("org.duckdb.DuckDBDriver").getDeclaredConstructor().newInstance();
      Connection connection = driver.connect("jdbc:duckdb:", new Properties());
      try (Statement statement = connection.createStatement()) {
        statement.execute(
            "ATTACH '" + store.resolve("turntable.duckdb") + "' AS store (READ_ONLY)");
        statement.execute("USE store");
      }
      return connection;
    } catch (ReflectiveOperationException e) {
      throw new IOException(e);
    }
  }
}
