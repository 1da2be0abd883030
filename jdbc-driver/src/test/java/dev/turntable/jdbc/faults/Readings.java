package dev.turntable.jdbc.faults;

import dev.turntable.simulator.handinger.HandingerState.Shape;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The statements of the matrix: every table of every source, by every way to read it. */
final class Readings implements AutoCloseable {
  private final Scene handinger = Scene.handinger(Shape.NEW);
  private final Scene legacy = Scene.handinger(Shape.LEGACY);
  private final Scene rightbrain = Scene.rightbrain(3, 60);
  private final Scene manyTasks = Scene.rightbrain(25, 1);
  private final List<Reading> all = new ArrayList<>();

  Readings() throws IOException, SQLException {
    handinger();
    rightbrain();
    typedTables();
  }

  List<Reading> all() {
    return all;
  }

  private void handinger() {
    for (Scene scene : List.of(handinger, legacy)) {
      String shape = scene == legacy ? ", turns with the task" : "";
      List<String> tasks = scene.simulator().handinger().taskIds().subList(0, 5);
      String known = String.join(",", tasks);
      add(scene, "handinger.tasks", "by id" + shape, "id", "WHERE id IN " + list(tasks));
      add(
          scene,
          "handinger.turns",
          "by task_id" + shape,
          "task_id",
          "WHERE task_id IN " + list(tasks));
      add(scene, "handinger.turns", "known" + shape, "task_id", "", Map.of("taskIds", known));
    }
    List<String> workers = handinger.simulator().handinger().workerIds().subList(0, 3);
    String first = list(workers.subList(0, 1));
    add(
        handinger,
        "handinger.tasks",
        "known, by logs",
        "id",
        "",
        Map.of("workerIds", workers.get(0)));
    add(
        handinger,
        "handinger.webhook_executions",
        "by worker_id",
        "worker_id",
        "WHERE worker_id IN " + first);
    add(
        handinger,
        "handinger.webhook_executions",
        "in order",
        "worker_id",
        "WHERE worker_id IN " + first + " ORDER BY created_at DESC");
    for (String table : List.of("worker_schedules.worker_id", "workers.id")) {
      String key = table.substring(table.indexOf('.') + 1);
      String name = "handinger." + table.substring(0, table.indexOf('.'));
      add(handinger, name, "by " + key, key, "WHERE " + key + " IN " + list(workers));
      add(handinger, name, "known", key, "", Map.of("workerIds", String.join(",", workers)));
    }
  }

  private void rightbrain() {
    List<String> tasks = rightbrain.simulator().rightbrain().taskIds();
    List<String> runs = rightbrain.simulator().rightbrain().runIds(tasks.get(0));
    String some = list(List.of(runs.get(3), runs.get(30), runs.get(59)));
    String ofTasks = "WHERE task_id IN " + list(tasks);
    add(manyTasks, "rightbrain.tasks", "list", "", "");
    add(rightbrain, "rightbrain.tasks", "by id", "id", "WHERE id IN " + list(tasks));
    all.add(
        new Reading(
            rightbrain,
            "rightbrain.tasks",
            "as an OAuth client",
            "",
            "SELECT * FROM rightbrain.tasks",
            Scene.client()));
    add(manyTasks, "rightbrain.task_revisions", "list", "", "");
    add(rightbrain, "rightbrain.task_revisions", "by task_id", "task_id", ofTasks);
    add(rightbrain, "rightbrain.task_runs", "list", "", "");
    add(
        rightbrain,
        "rightbrain.task_runs",
        "by task_id",
        "task_id",
        "WHERE task_id = '" + tasks.get(0) + "'");
    add(
        rightbrain,
        "rightbrain.task_runs",
        "by task_id and id",
        "id",
        "WHERE task_id = '" + tasks.get(0) + "' AND id IN " + some);
    add(rightbrain, "rightbrain.task_runs", "by id", "", "WHERE id IN " + some);
    for (String report : List.of("token", "credit", "timing", "usage")) {
      add(rightbrain, "rightbrain." + report + "_report", "by task_id", "task_id", ofTasks);
    }
  }

  /** The first of the requests of a typed table is the list of tasks, which makes the tables. */
  private void typedTables() throws IOException, SQLException {
    for (String table : tables(rightbrain)) {
      if (table.startsWith("rightbrain_runs.")) {
        add(rightbrain, table, "list", "", "");
      }
    }
  }

  private void add(Scene scene, String table, String way, String key, String where) {
    add(scene, table, way, key, where, Map.of());
  }

  private void add(
      Scene scene, String table, String way, String key, String where, Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(scene.key());
    settings.putAll(more);
    String sql = "SELECT * FROM " + quoted(table) + (where.isEmpty() ? "" : " " + where);
    all.add(new Reading(scene, table, way, key, sql, settings));
  }

  private static String quoted(String table) {
    int dot = table.indexOf('.');
    return table.substring(0, dot) + ".\"" + table.substring(dot + 1) + '"';
  }

  private static String list(List<String> ids) {
    return ids.stream().map(id -> "'" + id + "'").collect(Collectors.joining(", ", "(", ")"));
  }

  /** Returns the tables of all sources that no statement reads. */
  TreeSet<String> unread() throws IOException, SQLException {
    TreeSet<String> tables = new TreeSet<>(tables(handinger));
    tables.addAll(tables(rightbrain));
    all.forEach(reading -> tables.remove(reading.table()));
    return tables;
  }

  private static List<String> tables(Scene scene) throws IOException, SQLException {
    Properties properties = new Properties();
    properties.putAll(scene.key());
    List<String> tables = new ArrayList<>();
    try (Line line = Line.open(scene.upstream(), (number, request) -> null);
        Connection connection = DriverManager.getConnection(scene.jdbcUrl(line), properties);
        ResultSet rows = connection.getMetaData().getTables(null, "%", "%", null)) {
      while (rows.next()) {
        if (!rows.getString("TABLE_SCHEM").equals("turntable")) {
          tables.add(rows.getString("TABLE_SCHEM") + "." + rows.getString("TABLE_NAME"));
        }
      }
    }
    return tables;
  }

  @Override
  public void close() {
    List.of(handinger, legacy, rightbrain, manyTasks).forEach(Scene::close);
  }
}
