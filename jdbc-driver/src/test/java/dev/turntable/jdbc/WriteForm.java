package dev.turntable.jdbc;

import static java.util.stream.Collectors.joining;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;

/** The kinds of statements that write, each over a list of rows that a mark tells apart. */
enum WriteForm {
  TASK("handinger", "INSERT INTO tasks (worker_id, input) VALUES ('%1$s', ?)"),
  TASK_WITH_ID("handinger", "INSERT INTO tasks (id, worker_id, input) VALUES (?, '%1$s', ?)"),
  TASK_WITH_FILES(
      "handinger",
      "INSERT INTO tasks (worker_id, input, files) VALUES ('%1$s', ?, '" + WriteForm.FILES + "')"),
  TURN("handinger", "INSERT INTO turns (task_id, input) VALUES ('%2$s', ?)"),
  TURN_WITH_FILES(
      "handinger",
      "INSERT INTO turns (task_id, input, files) VALUES ('%2$s', ?, '" + WriteForm.FILES + "')"),
  RUN("rightbrain", "INSERT INTO task_runs (task_id, input) VALUES ('%1$s', ?)"),
  TYPED_RUN("rightbrain", "INSERT INTO rightbrain_runs.\"Task-2\" (text) VALUES (?)"),
  DELETE("handinger", "DELETE FROM tasks WHERE id = ?"),
  /** One statement with a row per set of parameters. */
  BATCH_OF_TASKS("handinger", TASK.sql),
  BATCH_OF_TURNS("handinger", TURN.sql),
  BATCH_WITH_FILES("handinger", TASK_WITH_FILES.sql),
  BATCH_OF_RUNS("rightbrain", RUN.sql),
  BATCH_OF_DELETES("handinger", DELETE.sql),
  /** One statement with several rows. */
  ROWS("handinger", "INSERT INTO tasks (worker_id, input) VALUES "),
  SELECTED("handinger", "INSERT INTO tasks (worker_id, input) SELECT '%1$s', m FROM (VALUES "),
  SELECTED_RUNS(
      "rightbrain", "INSERT INTO task_runs (task_id, input) SELECT '%1$s', m FROM (VALUES ");

  /** Two files: the bodies of their requests are forms. */
  static final String FILES =
      "[{\"filename\":\"a.txt\",\"media_type\":\"text/plain\",\"content\":\"SGVsbG8=\"},"
          + "{\"filename\":\"b.txt\",\"media_type\":\"text/plain\",\"content\":\"SGVsbG8=\"}]";

  /** How many rows the forms of several have: more than are written at a time. */
  static final int ROWS_OF_MANY = 6;

  final String source;
  private final String sql;

  WriteForm(String source, String sql) {
    this.source = source;
    this.sql = sql;
  }

  boolean isBatch() {
    return name().startsWith("BATCH");
  }

  boolean isMany() {
    return isBatch() || this == ROWS || this == SELECTED || this == SELECTED_RUNS;
  }

  boolean isDelete() {
    return this == DELETE || this == BATCH_OF_DELETES;
  }

  boolean isTurn() {
    return this == TURN || this == TURN_WITH_FILES || this == BATCH_OF_TURNS;
  }

  int rows() {
    return isMany() ? ROWS_OF_MANY : 1;
  }

  /** Returns what a row holds: the mark for a delete is the id, for a run a variable of the input. */
  String value(String mark) {
    return this == RUN || this == BATCH_OF_RUNS || this == SELECTED_RUNS
        ? "{\"text\": \"" + mark + "\", \"reader\": \"r\"}"
        : mark;
  }

  /**
   * Prepares the statement, its rows bound.
   *
   * @param first the worker or task that the rows are for
   * @param second the task of a turn
   */
  PreparedStatement prepare(Connection connection, String first, String second, List<String> marks)
      throws SQLException {
    String text = String.format(sql, first, second);
    if (this == ROWS) {
      text += marks.stream().map(mark -> "('" + first + "', ?)").collect(joining(", "));
    } else if (this == SELECTED || this == SELECTED_RUNS) {
      text += String.join(", ", Collections.nCopies(marks.size(), "(CAST(? AS VARCHAR))"));
      text += ") AS v(m)";
    }
    PreparedStatement statement =
        connection.prepareStatement(text, Statement.RETURN_GENERATED_KEYS);
    int at = 0;
    for (String mark : marks) {
      if (this == TASK_WITH_ID) {
        statement.setString(++at, "tsk_" + mark);
      }
      statement.setString(++at, value(mark));
      if (isBatch()) {
        statement.addBatch();
        at = 0;
      }
    }
    return statement;
  }

  long[] execute(PreparedStatement statement) throws SQLException {
    return isBatch() ? statement.executeLargeBatch() : new long[] {statement.executeLargeUpdate()};
  }
}
