package dev.turntable.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.simulator.handinger.HandingerTask;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Tuple;
import jakarta.persistence.TupleElement;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.hibernate.SessionFactory;
import org.hibernate.annotations.Generated;
import org.hibernate.cfg.Configuration;
import org.hibernate.generator.EventType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Hibernate with a dialect of three lines: entities read, found and made. */
class HibernateIT {
  private Office office;
  private SessionFactory sessions;

  /** A task as an entity; what the service fills in is not inserted. */
  @Entity(name = "Task")
  @Table(schema = "handinger", name = "tasks")
  static class Task {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    String id;

    @Column(name = "worker_id", updatable = false)
    String workerId;

    @Column(updatable = false)
    String input;

    @Generated(event = EventType.INSERT)
    @Column(insertable = false, updatable = false)
    String status;

    @Column(insertable = false, updatable = false)
    String title;

    @Column(insertable = false, updatable = false)
    Long credits;

    @Column(name = "created_at", insertable = false, updatable = false)
    Instant createdAt;
  }

  @BeforeEach
  void open() throws IOException {
    office = Office.open();
    sessions =
        new Configuration()
            .addAnnotatedClass(Task.class)
            .setProperty("hibernate.connection.url", office.url())
            .setProperty("hibernate.connection.username", Office.USER)
            .setProperty("hibernate.connection.password", Office.KEY)
            .setProperty("hibernate.dialect", TurntableDialect.class.getName())
            .setProperty("hibernate.jdbc.time_zone", "UTC")
            .setProperty("hibernate.hbm2ddl.auto", "validate")
            .buildSessionFactory();
    assertThat(office.asked()).as("the mapping is checked without a request").isEmpty();
  }

  @AfterEach
  void close() {
    sessions.close();
    office.close();
  }

  @Test
  void findsOneByItsKey() {
    HandingerTask task = office.tasks().get(2);
    Task found = sessions.fromSession(session -> session.find(Task.class, task.id()));
    assertThat(found.title).isEqualTo(task.title());
    assertThat(found.credits).isEqualTo(task.credits());
    assertThat(found.createdAt).isEqualTo(task.createdAt());
    assertThat(office.asked()).containsExactly(Office.read(task));
  }

  @Test
  void queriesThePage() {
    List<String> ids =
        sessions.fromSession(
            session ->
                session
                    .createSelectionQuery("select t.id from Task t", String.class)
                    .setMaxResults(5)
                    .list());
    assertThat(ids).isEqualTo(office.ids().subList(0, 5));
    assertThat(office.asked()).hasSize(5);
  }

  @Test
  void queriesWithAFilter() {
    HandingerTask task = office.tasks().get(7);
    List<Task> found =
        sessions.fromSession(
            session ->
                session
                    .createSelectionQuery(
                        "from Task t where t.id in (:ids) and t.createdAt >= :since", Task.class)
                    .setParameterList("ids", office.ids().subList(5, 8))
                    .setParameter("since", task.createdAt())
                    .list());
    assertThat(found).extracting(each -> each.id).containsExactly(task.id());
    assertThat(office.asked()).hasSize(3);
  }

  /** Hibernate finds the columns of native SQL by their names. */
  @Test
  void columnsOfNativeSqlHaveTheirNames() {
    Tuple row =
        sessions.fromSession(
            session ->
                session
                    .createNativeQuery(
                        "SELECT id, SUM(credits), MIN(title) AS name FROM tasks WHERE id = ?1"
                            + " GROUP BY id",
                        Tuple.class)
                    .setParameter(1, office.tasks().get(2).id())
                    .getSingleResult());
    assertThat(row.getElements())
        .extracting(TupleElement::getAlias)
        .containsExactly("id", "SUM(credits)", "name");
    assertThat(row.get("SUM(credits)", Number.class).longValue())
        .isEqualTo(office.tasks().get(2).credits());
    assertThat(row.get("name")).isEqualTo(office.tasks().get(2).title());
  }

  @Test
  void makesOneAndLearnsItsKey() {
    Task task = new Task();
    task.workerId = Office.WORKER;
    task.input = "Will it rain in São Paulo?";
    sessions.inTransaction(session -> session.persist(task));
    assertThat(task.id).startsWith("tsk_");
    // What the service has filled in comes along as a generated key.
    assertThat(task.status).isEqualTo("completed");
    assertThat(office.asked()).containsExactly("POST /api/tasks", "GET /api/tasks/" + task.id);
    assertThat(office.service().task(task.id).orElseThrow().turns().get(0).input())
        .isEqualTo(task.input);
  }
}
