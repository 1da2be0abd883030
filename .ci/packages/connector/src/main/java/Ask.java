import dev.turntable.simulator.Simulator;
import dev.turntable.simulator.SimulatorOptions;
import dev.turntable.simulator.handinger.HandingerOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.Properties;

/** Asks through Calcite, with the model file that the arguments name, a simulated Handinger. */
public final class Ask {
  public static void main(String[] arguments) throws Exception {
    try (Simulator simulator = Simulator.start(SimulatorOptions.demo())) {
      String model =
          Files.readString(Path.of(arguments[0]))
              .replace(
                  "\"baseUrl\": \"https://handinger.com\"",
                  "\"baseUrl\": \"%s\", \"apiKey\": \"%s\""
                      .formatted(simulator.handingerUrl(), HandingerOptions.DEMO_KEY));
      Properties properties = new Properties();
      properties.setProperty("model", "inline:" + model);
      properties.setProperty("lex", "JAVA");
      try (Connection connection = DriverManager.getConnection("jdbc:calcite:", properties);
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
}
