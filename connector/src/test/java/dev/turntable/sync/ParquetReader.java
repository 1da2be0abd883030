package dev.turntable.sync;

import dev.turntable.store.file.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/** Reads a directory of Parquet as others do: by the manifest, or whatever lies there. */
final class ParquetReader implements AutoCloseable {
  private static final String PARTITIONS = "hive_partitioning = true, union_by_name = true";

  private final Path directory;
  private final Connection duckdb;

  ParquetReader(Path directory) throws SQLException {
    this.directory = directory;
    this.duckdb = DriverManager.getConnection("jdbc:duckdb:");
  }

  /** Returns a query of what the manifest names of a table, to be put after FROM. */
  String table(String name) throws IOException, SQLException {
    List<String> files =
        query(
            "SELECT path FROM (SELECT unnest(files, max_depth := 2) FROM read_json_auto("
                + text(directory.resolve("_manifest.json").toString())
                + ")) WHERE \"table\" = "
                + text(name));
    for (String file : files) {
      if (!Files.exists(directory.resolve(file))) {
        throw new NoSuchFileException(file);
      }
    }
    return "read_parquet(["
        + files.stream()
            .map(file -> text(directory.resolve(file).toString()))
            .collect(Collectors.joining(", "))
        + "], "
        + PARTITIONS
        + ")";
  }

  /** Returns a query of all files of a table. */
  String files(String name) {
    return "read_parquet("
        + text(directory + "/*/table=" + name + "/*/*.parquet")
        + ", "
        + PARTITIONS
        + ")";
  }

  String manifest() throws IOException {
    return Files.readString(directory.resolve("_manifest.json"));
  }

  List<String> query(String sql) throws SQLException {
    return Stores.rows(duckdb, sql);
  }

  private static String text(String value) {
    return "'" + value.replace("'", "''") + "'";
  }

  @Override
  public void close() throws SQLException {
    duckdb.close();
  }
}
