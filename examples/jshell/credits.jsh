// Credits by worker, drawn in the terminal:
//   jshell --class-path jdbc-driver/target/turntable-jdbc-0.1.0-SNAPSHOT.jar examples/jshell/credits.jsh
// Without TURNTABLE_URL it reads the demo.
import java.sql.*

String url = System.getenv().getOrDefault("TURNTABLE_URL", "jdbc:turntable:demo")

void credits() throws SQLException {
  String sql = """
      SELECT worker_id, COUNT(*) AS tasks, SUM(credits) AS credits, MAX(SUM(credits)) OVER () AS most
      FROM tasks GROUP BY worker_id ORDER BY credits DESC""";
  try (Connection connection = DriverManager.getConnection(url);
      Statement statement = connection.createStatement();
      ResultSet rows = statement.executeQuery(sql)) {
    while (rows.next()) {
      long credits = rows.getLong("credits");
      String bar = "#".repeat((int) (credits * 40 / Math.max(1, rows.getLong("most"))));
      System.out.printf(Locale.ROOT, "%-22s %3d tasks %,7d credits  %s%n",
          rows.getString("worker_id"), rows.getLong("tasks"), credits, bar);
    }
  }
}

credits()
/exit
