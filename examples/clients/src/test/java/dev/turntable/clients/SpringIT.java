package dev.turntable.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turntable.simulator.handinger.HandingerTask;
import java.io.IOException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.SimpleJdbcInsert;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;

/** Spring: templates, errors by kind, and methods in a transaction. */
class SpringIT {
  private Office office;
  private DataSource dataSource;
  private JdbcTemplate jdbc;

  @BeforeEach
  void open() throws IOException {
    office = Office.open();
    dataSource = new DriverManagerDataSource(office.url(), Office.USER, Office.KEY);
    jdbc = new JdbcTemplate(dataSource);
  }

  @AfterEach
  void close() {
    office.close();
  }

  /** What a program shows of a task. */
  record Line(String id, String title, long credits, LocalDateTime createdAt) {}

  @Test
  void aTemplateReadsByKeys() {
    List<HandingerTask> wanted = office.tasks().subList(2, 5);
    List<Line> lines =
        new NamedParameterJdbcTemplate(dataSource)
            .query(
                "SELECT id, title, credits, created_at FROM tasks WHERE id IN (:ids) ORDER BY 1",
                Map.of("ids", wanted.stream().map(HandingerTask::id).toList()),
                (row, number) ->
                    new Line(
                        row.getString("id"),
                        row.getString("title"),
                        row.getLong("credits"),
                        row.getObject("created_at", LocalDateTime.class)));
    assertThat(lines)
        .containsExactlyInAnyOrderElementsOf(
            wanted.stream()
                .map(
                    task ->
                        new Line(
                            task.id(),
                            task.title(),
                            task.credits(),
                            LocalDateTime.ofInstant(task.createdAt(), ZoneOffset.UTC)))
                .toList());
    assertThat(office.asked()).hasSize(3);
  }

  @Test
  void theRowsAskedForBoundTheRequests() {
    jdbc.setMaxRows(4);
    jdbc.setFetchSize(4);
    jdbc.setQueryTimeout(600);
    assertThat(jdbc.queryForList("SELECT id FROM tasks", String.class))
        .isEqualTo(office.ids().subList(0, 4));
    assertThat(office.asked())
        .containsExactlyInAnyOrderElementsOf(office.readsOfAll().subList(0, 4));
  }

  @Test
  void anInsertReturnsItsKey() {
    String id =
        new SimpleJdbcInsert(dataSource)
            .withSchemaName("handinger")
            .withTableName("tasks")
            .usingColumns("worker_id", "input")
            .usingGeneratedKeyColumns("id")
            .executeAndReturnKeyHolder(Map.of("worker_id", Office.WORKER, "input", "Rain in Oslo?"))
            .getKeyAs(String.class);
    assertThat(office.asked()).containsExactly("POST /api/tasks");
    assertThat(jdbc.queryForObject("SELECT worker_id FROM tasks WHERE id = ?", String.class, id))
        .isEqualTo(Office.WORKER);
    assertThat(office.asked()).containsExactly("GET /api/tasks/" + id);
  }

  /** A query that writes: the answers are rows, in the order of the texts. */
  @Test
  void anInsertReturnsItsAnswers() {
    List<String> answers =
        jdbc.query(
            "INSERT INTO tasks (worker_id, input) SELECT ?, v FROM (VALUES ('Oslo?'), ('Rome?')) AS t(v)"
                + " RETURNING input, output_text",
            (row, number) -> row.getString("input") + " " + row.getString("output_text"),
            Office.WORKER);
    assertThat(answers).containsExactly("Oslo? Done: Oslo?", "Rome? Done: Rome?");
    assertThat(office.asked()).containsExactly("POST /api/tasks", "POST /api/tasks");

    GeneratedKeyHolder keys = new GeneratedKeyHolder();
    jdbc.update(
        connection -> {
          var insert =
              connection.prepareStatement(
                  "INSERT INTO tasks (worker_id, input) VALUES (?, 'Bern?')",
                  new String[] {"id", "output_text"});
          insert.setString(1, Office.WORKER);
          return insert;
        },
        keys);
    assertThat(keys.getKeys()).containsEntry("output_text", "Done: Bern?").containsKey("id");
    assertThat(office.asked()).containsExactly("POST /api/tasks");
  }

  @Test
  void errorsAreSpringsOwn() {
    String taken = office.ids().get(0);
    assertThatThrownBy(
            () ->
                jdbc.update(
                    "INSERT INTO tasks (id, worker_id, input) VALUES (?, ?, 'again')",
                    taken,
                    Office.WORKER))
        .isInstanceOf(DuplicateKeyException.class)
        .hasMessageContaining(taken);
    assertThat(office.asked()).containsExactly("GET /api/tasks/" + taken);
    assertThatThrownBy(
            () -> jdbc.update("INSERT INTO turns (task_id, input) VALUES ('tsk_none', 'Why?')"))
        .isInstanceOf(DataIntegrityViolationException.class);
    assertThat(office.asked()).containsExactly("GET /api/tasks/tsk_none");
    assertThatThrownBy(() -> jdbc.queryForList("SELECT * FROM task"))
        .isInstanceOf(BadSqlGrammarException.class);
    assertThatThrownBy(() -> jdbc.queryForList("SELECT tittle FROM tasks"))
        .isInstanceOf(BadSqlGrammarException.class);
    assertThat(office.asked()).isEmpty();
  }

  /** The work of a service class in Spring. */
  static class Desk {
    private final JdbcTemplate jdbc;

    Desk(JdbcTemplate jdbc) {
      this.jdbc = jdbc;
    }

    @Transactional
    long askAndCount(String input) {
      jdbc.update("INSERT INTO tasks (worker_id, input) VALUES (?, ?)", Office.WORKER, input);
      return jdbc.queryForObject(
          "SELECT COUNT(*) FROM tasks WHERE worker_id = ?", Long.class, Office.WORKER);
    }

    @Transactional(readOnly = true, timeout = 600)
    long credits() {
      return jdbc.queryForObject("SELECT SUM(credits) FROM tasks", Long.class);
    }

    @Transactional
    void fail() {
      jdbc.queryForObject("SELECT COUNT(*) FROM tasks WHERE id = 'tsk_none'", Long.class);
      throw new IllegalStateException("on purpose");
    }
  }

  /** The beans of a small application. */
  @Configuration
  @EnableTransactionManagement
  static class Application {
    private final DataSource dataSource;

    Application(DataSource dataSource) {
      this.dataSource = dataSource;
    }

    @Bean
    PlatformTransactionManager transactions() {
      return new DataSourceTransactionManager(dataSource);
    }

    @Bean
    Desk desk() {
      return new Desk(new JdbcTemplate(dataSource));
    }
  }

  @Test
  void methodsRunInATransaction() {
    try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
      context.registerBean(DataSource.class, () -> dataSource);
      context.register(Application.class);
      context.refresh();
      Desk desk = context.getBean(Desk.class);
      assertThat(desk.getClass()).as("it is behind Spring's proxy").isNotEqualTo(Desk.class);

      assertThat(desk.credits())
          .isEqualTo(office.tasks().stream().mapToLong(HandingerTask::credits).sum());
      assertThat(office.asked()).containsExactlyInAnyOrderElementsOf(office.readsOfAll());

      long before =
          office.tasks().stream().filter(task -> task.workerId().equals(Office.WORKER)).count();
      assertThat(desk.askAndCount("Storm in Reykjavík?")).isEqualTo(before + 1);
      assertThat(office.asked()).startsWith("POST /api/tasks").hasSize(1 + 12 + 1);

      assertThatThrownBy(desk::fail).isInstanceOf(IllegalStateException.class);
      assertThat(office.asked()).containsExactly("GET /api/tasks/tsk_none");
    }
  }
}
