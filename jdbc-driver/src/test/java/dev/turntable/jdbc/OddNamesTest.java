package dev.turntable.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Tasks, and outputs of tasks, with names that people do not expect. Holds from the list of broken
 * promises: names beyond the BMP and those that differ in case in metadata, names that are listed and
 * cannot be selected, values of another JSON type (number 16), getFloat of 1e300.
 */
class OddNamesTest {
  private static final String ID = "019011e6-e530-3aca-6cf7-2973387c255d";

  private static final List<String> NAMES =
      List.of(
          "",
          " ",
          "a\nb",
          "a\r\nb",
          "a\tb",
          "\u2028",
          "say \"hi\"",
          "it's",
          "a.b",
          "a\\b",
          "%",
          "_",
          "*",
          "--",
          "/* x */",
          ";",
          "?",
          ":x",
          "$x",
          "\u00e9t\u00e9",
          "\u6771\u4eac",
          "\ud83d\ude00",
          "x\ud83d\ude00y",
          "Sums",
          "sums",
          "SUMS",
          "select",
          "x".repeat(300),
          "a\u0000b",
          "{fn x}",
          "//",
          "\u0130",
          "\u0131");

  private HttpServer server;
  private Connection connection;

  @BeforeEach
  void open() throws IOException, SQLException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String rows = exchange.getRequestURI().getPath().endsWith("/run") ? runs() : tasks();
          byte[] body =
              ("{\"results\": [" + rows + "], \"pagination\": {\"has_next\": false}}")
                  .getBytes(UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    Properties properties = new Properties();
    properties.setProperty(
        "baseUrl", "http://127.0.0.1:" + server.getAddress().getPort() + "/api/v1");
    properties.setProperty("apiKey", "some-key");
    properties.setProperty("orgId", ID);
    properties.setProperty("projectId", ID);
    connection = DriverManager.getConnection("jdbc:turntable:rightbrain", properties);
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
    server.stop(0);
  }

  /** One task for each name, and one whose outputs have the names, each of a type in turn. */
  private static String tasks() {
    List<String> tasks = new ArrayList<>();
    for (int i = 0; i < NAMES.size(); i++) {
      tasks.add(
          task(
              i,
              NAMES.get(i),
              "\"n\": \"int\", \"d\": \"number\", \"b\": \"bool\", \"t\": \"str\""));
    }
    StringBuilder outputs = new StringBuilder();
    for (String name : NAMES) {
      outputs.append(outputs.isEmpty() ? "" : ", ").append(json(name)).append(": \"str\"");
    }
    tasks.add(task(NAMES.size(), "outputs", outputs.toString()));
    return String.join(", ", tasks);
  }

  private static String task(int number, String name, String outputs) {
    String id = ID.substring(0, ID.length() - 3) + String.format("%03x", number);
    return String.format(
        "{\"id\": \"%1$s\", \"project_id\": \"%2$s\", \"name\": %3$s, \"enabled\": true,"
            + " \"active_revisions\": [{\"task_revision_id\": \"%1$s\", \"weight\": 1.0}],"
            + " \"revisions\": [{\"id\": \"%1$s\", \"active\": true, \"input_params\": [],"
            + " \"output_format\": {%4$s}}]}",
        id, ID, json(name), outputs);
  }

  private static String runs() {
    String[] values = {
      "{\"n\": \"5\", \"d\": \"2.5\", \"b\": \"true\", \"t\": 7}",
      "{\"n\": 3.0, \"d\": 1e300, \"b\": \"False\", \"t\": true}",
      "{\"n\": 2.5, \"d\": \"much\", \"b\": 1, \"t\": [1]}",
      "{\"n\": \"4.0\", \"d\": 2, \"b\": false, \"t\": \"x\"}",
      "{\"n\": \"1e999999999\", \"d\": true, \"b\": null, \"t\": null}"
    };
    List<String> runs = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      runs.add(
          String.format(
              "{\"id\": \"%1$s%2$d\", \"task_id\": \"%1$s0\", \"task_revision_id\": \"%1$s0\","
                  + " \"created\": \"2026-05-01T10:00:0%2$dZ\", \"is_error\": false,"
                  + " \"run_data\": {\"submitted\": {}}, \"response\": %3$s}",
              ID.substring(0, ID.length() - 1), i, values[i]));
    }
    return String.join(", ", runs);
  }

  private static String json(String text) {
    StringBuilder json = new StringBuilder("\"");
    text.chars().forEach(c -> json.append(String.format("\\u%04x", c)));
    return json.append('"').toString();
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  private List<String> tables(String pattern) throws SQLException {
    return column(connection.getMetaData().getTables(null, "rightbrain_runs", pattern, null), 3);
  }

  private List<String> columns(String table, String pattern) throws SQLException {
    return column(
        connection.getMetaData().getColumns(null, "rightbrain\\_runs", table, pattern), 4);
  }

  private static List<String> column(ResultSet found, int column) throws SQLException {
    List<String> names = new ArrayList<>();
    try (found) {
      while (found.next()) {
        names.add(found.getString(column));
      }
    }
    return names;
  }

  private static String escaped(String name) {
    return name.replaceAll("[\\\\%_]", "\\\\$0");
  }

  @Test
  void whatIsListedCanBeSelectedAndFound() throws SQLException {
    List<String> tables = tables("%");
    assertThat(tables).hasSize(NAMES.size() + 1).doesNotHaveDuplicates();
    for (String table : tables) {
      assertThat(tables(escaped(table))).containsExactly(table);
      assertThat(columns(escaped(table), "id")).hasSize(1);
      assertThat(keys(table)).containsExactly("id");
      try (Statement statement = connection.createStatement();
          ResultSet rows =
              statement.executeQuery("SELECT * FROM rightbrain_runs." + quoted(table))) {
        assertThat(rows.next()).as(table).isTrue();
      }
    }
  }

  private List<String> keys(String table) throws SQLException {
    return column(connection.getMetaData().getPrimaryKeys(null, "rightbrain_runs", table), 4);
  }

  @Test
  void columnsToo() throws SQLException {
    List<String> columns = columns("outputs", "%");
    assertThat(columns).hasSize(7 + NAMES.size()).doesNotHaveDuplicates();
    for (String column : columns) {
      assertThat(columns("outputs", escaped(column))).containsExactly(column);
      try (Statement statement = connection.createStatement();
          ResultSet rows =
              statement.executeQuery(
                  "SELECT "
                      + quoted(column)
                      + " FROM rightbrain_runs.outputs o WHERE o."
                      + quoted(column)
                      + " IS NULL OR TRUE")) {
        ResultSetMetaData result = rows.getMetaData();
        assertThat(result.getColumnName(1)).isEqualTo(column);
        assertThat(rows.next()).isTrue();
      }
    }
  }

  @Test
  void anExactMatchWinsAndAnotherCaseDoes() throws SQLException {
    for (String name : List.of("Sums", "sums", "SUMS")) {
      assertThat(tables(name)).containsExactly(name);
    }
    assertThat(tables("sUMs")).containsExactlyInAnyOrder("Sums", "sums", "SUMS");
    assertThat(tables("Sum_")).containsExactly("Sums");
    assertThat(tables("SELECT")).containsExactly("select");
    assertThat(tables("%\ud83d\ude00%"))
        .containsExactlyInAnyOrder("\ud83d\ude00", "x\ud83d\ude00y");
    assertThat(tables("x_y")).containsExactly("x\ud83d\ude00y");
    DatabaseMetaData all = connection.getMetaData();
    assertThat(column(all.getTables(null, "RIGHTBRAIN", "TASKS", null), 3))
        .containsExactly("tasks");
  }

  @Test
  void valuesOfAnotherTypeCountWhereNothingIsLost() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT n, b, t, d FROM rightbrain_runs.\"it's\" ORDER BY created")) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(rows.getString(1) + " " + rows.getString(2) + " " + rows.getString(3));
        if (rows.getRow() == 2) {
          org.assertj.core.api.Assertions.assertThatThrownBy(() -> rows.getFloat(4))
              .hasMessageContaining("out of range for REAL");
          assertThat(rows.getDouble(4)).isEqualTo(1e300);
        }
      }
      assertThat(values)
          .containsExactly(
              "5 true 7", "3 false true", "null null null", "4 false x", "null null null");
    }
  }

  /** What was left out of a sum is told, too. */
  @Test
  void aSumTellsOfValuesThatDoNotFit() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT SUM(n), COUNT(n) FROM rightbrain_runs.\"it's\"")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getInt(1)).isEqualTo(12);
      assertThat(rows.getInt(2)).isEqualTo(3);
      assertThat(rows.next()).isFalse();
      List<String> warnings = new ArrayList<>();
      for (SQLWarning w = statement.getWarnings(); w != null; w = w.getNextWarning()) {
        warnings.add(w.getMessage());
      }
      assertThat(warnings).anyMatch(text -> text.contains("output 'n'"));
    }
  }
}
