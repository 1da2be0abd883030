package dev.turntable.jdbc;

import dev.turntable.simulator.Simulator;
import dev.turntable.simulator.SimulatorOptions;
import dev.turntable.simulator.handinger.HandingerOptions;
import dev.turntable.simulator.rightbrain.RightbrainAccess;
import dev.turntable.simulator.rightbrain.RightbrainOptions;
import dev.turntable.simulator.server.Fault;
import dev.turntable.simulator.server.ReceivedRequest;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;

/** Services for a storm: many an answer is bad, and many a token refused. */
final class StormServices {
  private static final int ONE_FAULT_IN = 25;
  private static final Map<String, String> SOON = Map.of("retry-after-ms", "1");

  /** Some are healed by asking again; garbage is an error of the statement. */
  static final List<Fault> FAULTS =
      List.of(
          Fault.status(503, SOON),
          Fault.cutBeforeHeaders(),
          Fault.cutInBody(),
          Fault.status(429, SOON),
          Fault.truncatedJson(),
          Fault.status(500, SOON),
          Fault.gzip(),
          Fault.garbage());

  private StormServices() {}

  static Simulator start() throws IOException {
    RightbrainOptions rightbrain = RightbrainOptions.builder().tasks(3).runsPerTask(50).build();
    return Simulator.start(SimulatorOptions.builder().tasks(40).rightbrain(rightbrain).build());
  }

  static Optional<Fault> fault(ReceivedRequest request, long ordinal) {
    if (ordinal % ONE_FAULT_IN != 0) {
      return Optional.empty();
    }
    long which = ordinal / ONE_FAULT_IN % (FAULTS.size() + 3);
    boolean canRenew =
        !request.path().startsWith("/api/tasks") && !request.path().contains("worker");
    return Optional.of(
        which < FAULTS.size()
            ? FAULTS.get((int) which)
            : canRenew ? Fault.status(401) : Fault.status(503, SOON));
  }

  /** Short and long ones, over both services, of which the last two need generated code. */
  static List<String> statements(Simulator simulator) {
    List<String> ids = simulator.handinger().taskIds();
    String some = ids.subList(0, 12).stream().collect(Collectors.joining("','", "('", "')"));
    return List.of(
        "SELECT id, title, credits FROM handinger.tasks WHERE id = '" + ids.get(7) + "'",
        "SELECT id, title FROM handinger.tasks WHERE id IN " + some + " ORDER BY id",
        "SELECT t.id, u.id FROM handinger.tasks t JOIN handinger.turns u ON u.task_id = t.id WHERE"
            + " t.id IN "
            + some,
        "SELECT id, created FROM rightbrain.task_runs",
        "SELECT task_id, COUNT(*) FROM rightbrain.task_runs GROUP BY task_id",
        "SELECT * FROM rightbrain_runs.\"Task-2\"",
        "SELECT id, name, CAST(NULL AS INTEGER) FROM rightbrain.tasks",
        "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 60) SELECT n FROM"
            + " r");
  }

  static Connection connect(Simulator simulator) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("handinger.baseUrl", simulator.handingerUrl());
    properties.setProperty("handinger.apiKey", HandingerOptions.KEY);
    properties.setProperty("rightbrain.baseUrl", simulator.rightbrainUrl());
    properties.setProperty("rightbrain.tokenUrl", simulator.rightbrainTokenUrl());
    properties.setProperty("rightbrain.clientId", RightbrainAccess.CLIENT_ID);
    properties.setProperty("rightbrain.clientSecret", RightbrainAccess.CLIENT_SECRET);
    return DriverManager.getConnection("jdbc:turntable:handinger+rightbrain", properties);
  }
}
