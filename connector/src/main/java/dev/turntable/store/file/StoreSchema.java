package dev.turntable.store.file;

import dev.turntable.source.ErrorKind;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The tables of the store beside those of rows, and their versions: an older store is brought up to this
 * one, a newer one refused.
 */
public final class StoreSchema {
  /** What each version adds; the first is version 1. Only ever added to. */
  static final List<List<String>> VERSIONS =
      List.of(
          List.of(
              "CREATE TABLE meta (key VARCHAR, value VARCHAR)",
              "CREATE TABLE accounts (id INTEGER, fingerprint VARCHAR, service VARCHAR,"
                  + " since TIMESTAMP)",
              "CREATE TABLE named_tasks (account INTEGER, origin VARCHAR, id VARCHAR, worker VARCHAR,"
                  + " first_seen TIMESTAMP, named_at TIMESTAMP)",
              "CREATE TABLE task_states (account INTEGER, id VARCHAR, last_read TIMESTAMP,"
                  + " found BOOLEAN, worker VARCHAR, archived_at TIMESTAMP)",
              "CREATE TABLE readings (account INTEGER, table_name VARCHAR, scope VARCHAR, key VARCHAR,"
                  + " read_at TIMESTAMP, left_out VARCHAR, row_count BIGINT, is_final BOOLEAN)",
              "CREATE TABLE windows (account INTEGER, table_name VARCHAR, scope VARCHAR, key VARCHAR,"
                  + " from_time TIMESTAMP, to_time TIMESTAMP, read_at TIMESTAMP, settled_to TIMESTAMP,"
                  + " row_count BIGINT)",
              "CREATE TABLE members (account INTEGER, table_name VARCHAR, scope VARCHAR, key VARCHAR,"
                  + " place BIGINT)",
              "CREATE TABLE writes (account INTEGER, value VARCHAR, written_at TIMESTAMP)"),
          List.of(
              "CREATE TABLE requests (account INTEGER, connection VARCHAR, number BIGINT, statement"
                  + " BIGINT, sql VARCHAR, method VARCHAR, url VARCHAR, status INTEGER, duration_ms"
                  + " BIGINT, response_bytes BIGINT, attempt INTEGER, waited_ms BIGINT, started_at"
                  + " TIMESTAMP)"),
          List.of(
              "ALTER TABLE writes ADD COLUMN write VARCHAR",
              "CREATE TABLE journal (account INTEGER, write VARCHAR, table_name VARCHAR, kind VARCHAR,"
                  + " touched VARCHAR, began_at TIMESTAMP, over_by TIMESTAMP, ended_at TIMESTAMP,"
                  + " outcome VARCHAR)"),
          List.of("CREATE TABLE logs (account INTEGER, worker VARCHAR, read_at TIMESTAMP)"),
          List.of(
              "CREATE TABLE differences (account INTEGER, told_by VARCHAR, key VARCHAR, told BIGINT,"
                  + " stored BIGINT)"),
          List.of(
              "ALTER TABLE journal ADD COLUMN made VARCHAR",
              "ALTER TABLE journal ADD COLUMN shown_in VARCHAR",
              "ALTER TABLE journal ADD COLUMN parent_column VARCHAR",
              "ALTER TABLE journal ADD COLUMN parent VARCHAR",
              "ALTER TABLE journal ADD COLUMN content_column VARCHAR",
              "ALTER TABLE journal ADD COLUMN content VARCHAR",
              "ALTER TABLE journal ADD COLUMN time_column VARCHAR",
              "ALTER TABLE journal ADD COLUMN earlier VARCHAR"));

  private static final int SALT_BYTES = 32;

  private static final String CHANGE = "change";

  private StoreSchema() {}

  /** Brings the attached file to this version, in one transaction. */
  static void bring(Connection connection, StorePaths paths) throws SQLException {
    bring(connection, paths, VERSIONS);
  }

  static void bring(Connection connection, StorePaths paths, List<List<String>> versions)
      throws SQLException {
    int version = version(connection, paths);
    if (version == versions.size()) {
      return;
    }
    if (version > versions.size()) {
      throw StoreErrors.of(
          ErrorKind.UNSUPPORTED,
          "the store "
              + paths.directory()
              + " was made by Turntable "
              + meta(connection, "made_by")
              + " (store version "
              + version
              + "), this is "
              + driver()
              + " (store version "
              + versions.size()
              + "): use that driver, or another directory");
    }
    Sql.execute(connection, "BEGIN TRANSACTION");
    for (List<String> step : versions.subList(version, versions.size())) {
      for (String sql : step) {
        Sql.execute(connection, sql);
      }
    }
    if (version == 0) {
      byte[] salt = new byte[SALT_BYTES];
      new SecureRandom().nextBytes(salt);
      put(connection, "salt", Base64.getEncoder().encodeToString(salt));
    }
    put(connection, "version", String.valueOf(versions.size()));
    put(connection, "made_by", driver());
    Sql.execute(connection, "COMMIT");
  }

  private static String driver() {
    String version = StoreSchema.class.getPackage().getImplementationVersion();
    return version == null ? "dev" : version;
  }

  /** Returns 0 for a file without tables. */
  private static int version(Connection connection, StorePaths paths) throws SQLException {
    boolean empty = true;
    try (Statement statement = connection.createStatement();
        ResultSet tables =
            statement.executeQuery(
                "SELECT table_name FROM duckdb_tables() WHERE database_name = 'store'")) {
      while (tables.next()) {
        empty = false;
        if (tables.getString(1).equals("meta")) {
          return number(meta(connection, "version"), paths);
        }
      }
    }
    if (!empty) {
      throw notOurs(paths);
    }
    return 0;
  }

  private static int number(@Nullable String text, StorePaths paths) {
    try {
      return Integer.parseInt(String.valueOf(text));
    } catch (NumberFormatException e) {
      throw notOurs(paths);
    }
  }

  private static RuntimeException notOurs(StorePaths paths) {
    return StoreErrors.of(
        ErrorKind.STORE_DAMAGED,
        "the database in "
            + paths.directory()
            + " is none of ours or damaged; delete the directory, which is always safe");
  }

  public static @Nullable String meta(Connection connection, String key) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT value FROM meta WHERE key = ?")) {
      statement.setString(1, key);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? row.getString(1) : null;
      }
    }
  }

  /** Returns what names the last change of rows, or of what tells of them; empty if there was none. */
  public static String lastChange(Connection connection) throws SQLException {
    String change = meta(connection, CHANGE);
    return change == null ? "" : change;
  }

  /** Notes that rows change, or what tells of them. */
  public static void change(Connection connection) throws SQLException {
    put(connection, CHANGE, UUID.randomUUID().toString());
  }

  private static void put(Connection connection, String key, String value) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement("DELETE FROM meta WHERE key = ?");
        PreparedStatement insert = connection.prepareStatement("INSERT INTO meta VALUES (?, ?)")) {
      delete.setString(1, key);
      delete.executeUpdate();
      insert.setString(1, key);
      insert.setString(2, value);
      insert.executeUpdate();
    }
  }
}
