import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;

/** Asks through the driver that is on the class path. */
public final class Ask {
  public static void main(String[] arguments) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:turntable:demo");
        ResultSet rows =
            connection
                .createStatement()
                .executeQuery(
                    "SELECT title, credits FROM tasks WHERE id = 'tsk_2Z-YWz3hFq6VlW'")) {
      rows.next();
      System.out.println(rows.getString(1) + ": " + rows.getLong(2) + " credits");
    }
  }
}
