package dev.turntable.jdbc;

import dev.turntable.simulator.Simulator;
import dev.turntable.simulator.handinger.HandingerTask;
import dev.turntable.simulator.handinger.HandingerTurn;
import dev.turntable.simulator.rightbrain.RightbrainOptions;
import dev.turntable.simulator.server.ReceivedRequest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** Finds on the server what marked rows have left there. */
final class Marks {
  private Marks() {}

  /**
   * Returns the ids of tasks, turns and runs by the mark in their input; archived tasks stand under
   * their own id.
   */
  static Map<String, List<String>> of(Simulator simulator) {
    Map<String, List<String>> ids = new HashMap<>();
    for (HandingerTask task : simulator.handinger().tasks()) {
      if (task.archived()) {
        add(ids, task.id(), task.id());
      }
      for (HandingerTurn turn : task.turns()) {
        // The first turn of a new task stands for the task.
        add(ids, turn.input(), turn.seq() == 0 ? task.id() : turn.id());
      }
    }
    runs(simulator, ids);
    return ids;
  }

  private static void runs(Simulator simulator, Map<String, List<String>> ids) {
    Properties properties = new Properties();
    properties.setProperty("baseUrl", simulator.rightbrainUrl());
    properties.setProperty("password", RightbrainOptions.KEY);
    try (Connection connection =
            DriverManager.getConnection("jdbc:turntable:rightbrain", properties);
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT JSON_VALUE(input, '$.text'), id FROM task_runs")) {
      while (rows.next()) {
        if (rows.getString(1) != null) {
          add(ids, rows.getString(1), rows.getString(2));
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the runs cannot be counted", e);
    }
  }

  private static void add(Map<String, List<String>> ids, String mark, String id) {
    ids.computeIfAbsent(mark, absent -> new ArrayList<>()).add(id);
  }

  /** Returns whether a request writes the marked row. */
  static boolean isIn(ReceivedRequest request, String mark) {
    return request.method().equals("DELETE")
        ? request.path().endsWith("/" + mark)
        : request.body().contains("\"" + mark + "\"")
            || request.body().contains("\"" + mark.replace("\"", "\\\"") + "\"")
            || request.body().contains("\r\n\r\n" + mark + "\r\n"); // a field of a form
  }
}
