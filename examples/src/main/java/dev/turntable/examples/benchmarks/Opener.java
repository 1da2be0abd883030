package dev.turntable.examples.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.apache.calcite.jdbc.CalciteConnection;

/** Opens a connection to either side, over the same rows. */
final class Opener {
  static final List<String> TABLES = List.of("tasks", "turns");

  private Opener() {}

  /** Opens a JDBC URL, or plain Calcite over the rows in a directory. */
  static Connection open(String place) throws SQLException, IOException {
    return place.startsWith("jdbc:") ? DriverManager.getConnection(place) : Memory.open(place);
  }

  /** Apart, so that a user of the driver loads nothing of this. */
  private static final class Memory {
    static Connection open(String directory) throws SQLException, IOException {
      Connection connection =
          DriverManager.getConnection("jdbc:calcite:caseSensitive=false;lex=JAVA");
      CalciteConnection calcite = connection.unwrap(CalciteConnection.class);
      for (String table : TABLES) {
        calcite.getRootSchema().add(table, MemoryTable.read(Path.of(directory, table + ".tsv")));
      }
      return connection;
    }
  }
}
