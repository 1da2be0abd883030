package dev.turntable.store.file;

import dev.turntable.config.StoreSettings;
import dev.turntable.store.write.StoreWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Stream;

/** Stores of tests. */
public final class Stores {
  /** Where the build lays the library of the store, which is not the version that judges answers. */
  public static final Path LIBRARY = Path.of("target/duckdb_jdbc-" + DuckDbJar.VERSION + ".jar");

  private static final Waiting PATIENT = Waiting.patient(Duration.ofSeconds(30));

  private Stores() {}

  /** Makes all that was read older. */
  public static void age(Path directory, Duration by) {
    String seconds = " - to_seconds(" + by.toSeconds() + ")";
    file(directory)
        .write(
            PATIENT,
            connection -> {
              Sql.execute(connection, "UPDATE readings SET read_at = read_at" + seconds);
              Sql.execute(connection, "UPDATE windows SET read_at = read_at" + seconds);
              for (String table : rowTables(connection)) {
                Sql.execute(
                    connection,
                    "UPDATE "
                        + Sql.name(table)
                        + " SET _read_at = _read_at"
                        + seconds
                        + ", _listed = _listed"
                        + seconds);
              }
              Sql.execute(connection, "UPDATE logs SET read_at = read_at" + seconds);
              Sql.execute(connection, "UPDATE writes SET written_at = written_at" + seconds);
              StoreSchema.change(connection);
              return null;
            });
  }

  private static List<String> rowTables(Connection connection) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT table_name FROM duckdb_tables() WHERE database_name = 'store' AND"
                    + " table_name LIKE 'rows %'")) {
      while (rows.next()) {
        tables.add(rows.getString(1));
      }
    }
    return tables;
  }

  /** Returns the rows of a query of the store's own tables. */
  public static List<String> rows(Path directory, String sql) {
    return file(directory).read(PATIENT, connection -> rows(connection, sql));
  }

  /** Returns the rows of a query of DuckDB, as texts. */
  public static List<String> rows(Connection connection, String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        StringJoiner row = new StringJoiner(" | ");
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.add(result.getString(i));
        }
        rows.add(row.toString());
      }
    }
    return rows;
  }

  /** Opens the file, which makes or checks all that is there. */
  static void read(Path directory) {
    file(directory).read(PATIENT, connection -> null);
  }

  /** Returns how many rows the table {@code t} of a test has. */
  static long count(StoreFile file) {
    return file.read(
        PATIENT,
        connection -> {
          try (Statement statement = connection.createStatement();
              ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM t")) {
            row.next();
            return row.getLong(1);
          }
        });
  }

  static Object run(Connection connection, String sql) throws SQLException {
    Sql.execute(connection, sql);
    return sql;
  }

  /** Closes the file, as some time after the last statement. */
  public static void letGo(Path directory) {
    file(directory).letGo();
  }

  /** Works while another process has the store, which it waits for. */
  public static void whileTaken(Path directory, Runnable work) {
    StoreLock lock = new StoreLock(new StorePaths(directory));
    lock.take(Duration.ofSeconds(20), PATIENT::pause);
    try {
      work.run();
    } finally {
      lock.release();
    }
  }

  /** Returns what slow readers of results have on the disk. */
  public static List<Path> spools(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(new StorePaths(directory).temporary())) {
      return files.filter(file -> file.getFileName().toString().startsWith("spool")).toList();
    }
  }

  /** Does something with the tables of the store, and commits it. */
  public static void change(Path directory, String sql) {
    file(directory)
        .write(
            PATIENT,
            connection -> {
              Sql.execute(connection, sql);
              return null;
            });
  }

  private static StoreFile file(Path directory) {
    StoreFile file = StoreFile.of(at(directory));
    StoreWriter.of(file).flush(PATIENT);
    return file;
  }

  public static StoreSettings at(Path directory) {
    return at(directory, Duration.ofSeconds(10));
  }

  static StoreSettings at(Path directory, Duration longestWait) {
    return at(directory, longestWait, "512MB");
  }

  static StoreSettings at(Path directory, String memory) {
    return at(directory, Duration.ofSeconds(10), memory);
  }

  private static StoreSettings at(Path directory, Duration longestWait, String memory) {
    return new StoreSettings(
        directory,
        LIBRARY.toAbsolutePath(),
        Duration.ZERO,
        Duration.ZERO,
        false,
        longestWait,
        memory,
        null,
        Set.of(),
        null,
        false);
  }
}
