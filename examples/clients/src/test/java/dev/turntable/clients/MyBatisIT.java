package dev.turntable.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.simulator.handinger.HandingerTask;
import java.io.IOException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Options;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.datasource.pooled.PooledDataSource;
import org.apache.ibatis.mapping.Environment;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.SqlSession;
import org.apache.ibatis.session.SqlSessionFactory;
import org.apache.ibatis.session.SqlSessionFactoryBuilder;
import org.apache.ibatis.transaction.jdbc.JdbcTransactionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** MyBatis: a mapper in Java whose beans get their generated keys. */
class MyBatisIT {
  private Office office;
  private SqlSessionFactory sessions;

  /** A bean as MyBatis fills it. */
  public static class Task {
    String id;
    String workerId;
    String input;
    long credits;
    LocalDateTime createdAt;
  }

  /** The statements of a program. */
  public interface Tasks {
    @Select("SELECT id, worker_id, credits, created_at FROM tasks WHERE id = #{id}")
    Task find(@Param("id") String id);

    @Insert("INSERT INTO tasks (worker_id, input) VALUES (#{workerId}, #{input})")
    @Options(useGeneratedKeys = true, keyProperty = "id", keyColumn = "id")
    int insert(Task task);
  }

  @BeforeEach
  void open() throws IOException {
    office = Office.open();
    PooledDataSource pool =
        new PooledDataSource(Office.DRIVER, office.url(), Office.USER, Office.KEY);
    Configuration configuration =
        new Configuration(new Environment("office", new JdbcTransactionFactory(), pool));
    configuration.setMapUnderscoreToCamelCase(true);
    configuration.addMapper(Tasks.class);
    sessions = new SqlSessionFactoryBuilder().build(configuration);
  }

  @AfterEach
  void close() {
    ((PooledDataSource) sessions.getConfiguration().getEnvironment().getDataSource())
        .forceCloseAll();
    office.close();
  }

  @Test
  void findsATask() {
    HandingerTask task = office.tasks().get(4);
    try (SqlSession session = sessions.openSession()) {
      Task found = session.getMapper(Tasks.class).find(task.id());
      assertThat(found.workerId).isEqualTo(task.workerId());
      assertThat(found.credits).isEqualTo(task.credits());
      assertThat(found.createdAt)
          .isEqualTo(LocalDateTime.ofInstant(task.createdAt(), ZoneOffset.UTC));
    }
    assertThat(office.asked()).containsExactly(Office.read(task));
  }

  @Test
  void insertsATaskAndLearnsItsKey() {
    Task task = new Task();
    task.workerId = Office.WORKER;
    task.input = "What's the weather in Oslo?";
    try (SqlSession session = sessions.openSession()) {
      assertThat(session.getMapper(Tasks.class).insert(task)).isEqualTo(1);
      session.commit();
    }
    assertThat(office.asked()).containsExactly("POST /api/tasks");
    assertThat(office.service().task(task.id)).isPresent();
  }
}
