package dev.turntable.store.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Copies the file of a store, without the room of what was deleted from it, and puts the copy in its place.
 * Used by who has the lock, while nobody has the file open. Whatever ends it, the store is the old file or
 * the new one, and both have all rows.
 */
final class Compaction {
  private static final String COPY = "turntable.duckdb.copy";
  private static final String LOG = ".wal";

  private final StorePaths paths;
  private final Path jar;
  private final String memory;

  Compaction(StorePaths paths, Path jar, String memory) {
    this.paths = paths;
    this.jar = jar;
    this.memory = memory;
  }

  StoreSize run(Waiting waiting) throws SQLException, IOException {
    sweep(paths);
    Path database = paths.database();
    Path copy = copy(paths);
    try (Connection connection = DuckDbLibrary.connect(jar, paths)) {
      DuckDbLibrary.attachBoth(connection, paths, copy, memory);
      copy(connection, waiting);
    } catch (SQLException e) {
      waiting.ensureWanted();
      throw e;
    }
    long before = Files.size(database);
    if (Files.exists(log(database)) || Files.exists(log(copy))) {
      // Beside another file than its own a log would be taken for that of the other.
      throw new IOException("DuckDB has not written all of its log");
    }
    try (FileChannel channel = FileChannel.open(copy, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(copy, database, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    paths.hideFiles();
    return new StoreSize(before, Files.size(database));
  }

  private static void copy(Connection connection, Waiting waiting) throws SQLException {
    Interrupter interrupter = new Interrupter(connection);
    Runnable undo = waiting.during(interrupter);
    try {
      Sql.execute(connection, "COPY FROM DATABASE store TO copy");
      Sql.execute(connection, "CHECKPOINT copy");
      Sql.execute(connection, "CHECKPOINT store");
      Sql.execute(connection, "USE memory");
      Sql.execute(connection, "DETACH copy");
      Sql.execute(connection, "DETACH store");
    } finally {
      undo.run();
      interrupter.close();
    }
  }

  /** Removes what one that was killed has left. */
  static void sweep(StorePaths paths) throws IOException {
    Files.deleteIfExists(copy(paths));
    Files.deleteIfExists(log(copy(paths)));
  }

  private static Path copy(StorePaths paths) {
    return paths.directory().resolve(COPY);
  }

  private static Path log(Path file) {
    return file.resolveSibling(file.getFileName() + LOG);
  }
}
