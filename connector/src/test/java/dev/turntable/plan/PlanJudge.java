package dev.turntable.plan;

import dev.turntable.plan.OpenModel.Reference;
import dev.turntable.plan.PlanSettings.Known;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says what the answer is: DuckDB with all rows that the services have. */
final class PlanJudge implements AutoCloseable {
  /** What finding out where turns are, who is asking, and how a list ends may cost. */
  private static final int BESIDES = 6;

  /** Lists of few rows are one page, and one more where the page may not be the last. */
  private static final int LIST = 2;

  /** As many runs are rather asked for by id than by a list whose length nobody knows. */
  private static final int UNKNOWN_LIST = 20;

  /** The column of the judge's tables that marks what a store has seen. */
  private static final String STORED = "known_stored";

  private final OpenService service;
  private final DuckDb duck;

  /**
   * What a statement must come to.
   *
   * @param mostRequests those of K, and one for every key that K does not cover
   */
  record Expected(RowBag rows, long mostRequests) {}

  private PlanJudge(OpenService service, DuckDb duck) {
    this.service = service;
    this.duck = duck;
  }

  static PlanJudge of(OpenService service) throws SQLException, IOException, InterruptedException {
    PlanJudge judge = new PlanJudge(service, DuckDb.open());
    for (OpenTable table : OpenTable.values()) {
      if (!table.isValues()) {
        judge.load(table);
      }
    }
    return judge;
  }

  Expected expected(OpenStatement statement, Known known) throws SQLException {
    long requests = BESIDES;
    for (Reference reference : statement.model().references()) {
      requests += requests(statement, reference, known);
    }
    return new Expected(new RowBag(duck.rows(statement.judged(known.model()))), requests);
  }

  /**
   * Returns the rows of a statement where a connection knows what a store has seen.
   *
   * @param tasks all tasks that are known
   * @param workers the workers whose logs are read
   */
  RowBag expected(OpenStatement statement, Set<String> tasks, List<String> workers)
      throws SQLException {
    for (OpenTable table : OpenTable.values()) {
      if (!table.isValues() && table.key().isPresent()) {
        String key = table.key().get();
        String isKnown =
            switch (table.domain(key)) {
              case "T" -> key + " IN (" + list(tasks) + ")";
              case "W" -> key + " IN (" + list(workers) + ")";
              default -> Known.ALL.flag();
            };
        duck.run("UPDATE " + table.name() + " SET " + STORED + " = " + isKnown);
      }
    }
    return new RowBag(duck.rows(statement.judged(stored(tasks, workers))));
  }

  static OpenModel.Known stored(Set<String> tasks, List<String> workers) {
    return new OpenModel.Known(STORED, !tasks.isEmpty(), !workers.isEmpty());
  }

  private static String list(Collection<String> texts) {
    return texts.isEmpty() ? "NULL" : "'" + String.join("', '", texts) + "'";
  }

  private long requests(OpenStatement statement, Reference reference, Known known)
      throws SQLException {
    OpenTable table = reference.table();
    if (table.isValues()) {
      return 0;
    }
    long listed =
        switch (table) {
          case TASKS, TURNS -> known.taskCount() + known.workerCount();
          case WORKERS, SCHEDULES, LOGS -> known.workerCount();
          case RB_REPORT -> 0;
          case RB_RUNS -> idsMayBeKnown(statement) ? UNKNOWN_LIST : LIST;
          default -> LIST;
        };
    Optional<String> keys = new OpenSets(statement.model(), known.model()).keys(reference);
    if (keys.isEmpty()) {
      return listed;
    }
    String covered =
        known.model().isSource(table)
            ? " WHERE k NOT IN (SELECT %s FROM %s WHERE %s)"
                .formatted(table.key().orElseThrow(), table.name(), known.flag())
            : "";
    String count = "SELECT COUNT(DISTINCT k) FROM (" + keys.get() + ") v (k)" + covered;
    long each = table == OpenTable.RB_RUNS ? LIST : 1;
    return listed + each * ((Number) duck.rows(count).get(0).get(0)).longValue();
  }

  private static boolean idsMayBeKnown(OpenStatement statement) {
    return statement.model().references().stream()
            .filter(each -> each.table() == OpenTable.RB_RUNS || each.table() == OpenTable.RB_TYPED)
            .count()
        > 1;
  }

  /** The judge's table holds all rows there are, and which of them each connection knows. */
  private void load(OpenTable table) throws SQLException, IOException, InterruptedException {
    List<String> columns = new ArrayList<>();
    table
        .columns()
        .forEach(
            (name, domain) ->
                columns.add(
                    name
                        + switch (domain) {
                          case "N" -> " BIGINT";
                          case "B" -> " BOOLEAN";
                          default -> " VARCHAR";
                        }));
    for (Known known : Known.values()) {
      columns.add(known.flag() + " BOOLEAN");
    }
    columns.add(STORED + " BOOLEAN DEFAULT TRUE");
    duck.run("CREATE TABLE " + table.name() + " (" + String.join(", ", columns) + ")");
    for (List<@Nullable Object> row : service.rows(table)) {
      List<@Nullable Object> all = new ArrayList<>(row);
      for (Known known : Known.values()) {
        all.add(isKnown(service, table, row, known));
      }
      all.add(true);
      duck.run(
          "INSERT INTO "
              + table.name()
              + " VALUES ("
              + all.stream()
                  .map(value -> value instanceof String ? "'" + value + "'" : String.valueOf(value))
                  .collect(Collectors.joining(", "))
              + ")");
    }
  }

  private static boolean isKnown(
      OpenService service, OpenTable table, List<@Nullable Object> row, Known known)
      throws IOException, InterruptedException {
    if (table.key().isEmpty()) {
      return true;
    }
    String key =
        String.valueOf(row.get(List.copyOf(table.columns().keySet()).indexOf(table.key().get())));
    return switch (table.domain(table.key().get())) {
      case "T" -> known.isTask(key);
      case "W" -> known.isWorker(key);
      default -> !service.isDeleted(key);
    };
  }

  @Override
  public void close() throws SQLException {
    duck.close();
  }
}
