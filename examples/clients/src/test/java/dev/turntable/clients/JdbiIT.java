package dev.turntable.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.simulator.handinger.HandingerTask;
import java.io.IOException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** JDBI: records, lists of keys, a batch in a transaction. */
class JdbiIT {
  private Office office;
  private Jdbi jdbi;

  /** A row as a program sees it. */
  public record Task(String id, Long credits, LocalDateTime createdAt) {}

  @BeforeEach
  void open() throws IOException {
    office = Office.open();
    jdbi = Jdbi.create(office.url(), Office.USER, Office.KEY);
    jdbi.registerRowMapper(ConstructorMapper.factory(Task.class));
  }

  @AfterEach
  void close() {
    office.close();
  }

  @Test
  void rowsBecomeRecords() {
    List<HandingerTask> wanted = office.tasks().subList(1, 4);
    List<Task> found =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery("SELECT id, credits, created_at FROM tasks WHERE id IN (<ids>)")
                    .bindList("ids", wanted.stream().map(HandingerTask::id).toList())
                    .mapTo(Task.class)
                    .list());
    assertThat(found)
        .containsExactlyInAnyOrderElementsOf(
            wanted.stream()
                .map(
                    task ->
                        new Task(
                            task.id(),
                            task.credits(),
                            LocalDateTime.ofInstant(task.createdAt(), ZoneOffset.UTC)))
                .toList());
    assertThat(office.asked()).hasSize(3);
  }

  @Test
  void aBatchReturnsItsKeys() {
    List<String> keys =
        jdbi.inTransaction(
            handle -> {
              var batch =
                  handle.prepareBatch(
                      "INSERT INTO tasks (worker_id, input) VALUES (:worker, :input)");
              for (String city : List.of("Oslo", "東京")) {
                batch.bind("worker", Office.WORKER).bind("input", "Rain in " + city + "?").add();
              }
              return batch.executePreparedBatch("id").mapTo(String.class).list();
            });
    assertThat(office.asked()).containsExactly("POST /api/tasks", "POST /api/tasks");
    assertThat(keys)
        .map(id -> office.service().task(id).orElseThrow().turns().get(0).input())
        .containsExactly("Rain in Oslo?", "Rain in 東京?");
  }

  @Test
  void whatIsNotThereIsEmpty() {
    Optional<Task> none =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery("SELECT id, credits, created_at FROM tasks WHERE id = :id")
                    .bind("id", "tsk_none")
                    .mapTo(Task.class)
                    .findOne());
    assertThat(none).isEmpty();
    assertThat(office.asked()).containsExactly("GET /api/tasks/tsk_none");
  }
}
