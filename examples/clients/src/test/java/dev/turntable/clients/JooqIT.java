package dev.turntable.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.table;

import dev.turntable.simulator.handinger.HandingerTask;
import java.io.IOException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** jOOQ in its dialect of plain SQL: quoted names, a bound LIMIT, java.time. */
class JooqIT {
  private static final Table<Record> TASKS = table(name("handinger", "tasks"));
  private static final Field<String> ID = field(name("id"), SQLDataType.VARCHAR);
  private static final Field<String> WORKER_ID = field(name("worker_id"), SQLDataType.VARCHAR);
  private static final Field<String> INPUT = field(name("input"), SQLDataType.VARCHAR);
  private static final Field<Long> CREDITS = field(name("credits"), SQLDataType.BIGINT);
  private static final Field<LocalDateTime> CREATED_AT =
      field(name("created_at"), SQLDataType.LOCALDATETIME);

  private Office office;
  private Connection connection;
  private DSLContext sql;

  @BeforeEach
  void open() throws IOException, SQLException {
    System.setProperty("org.jooq.no-logo", "true");
    System.setProperty("org.jooq.no-tips", "true");
    office = Office.open();
    connection = office.connect();
    sql = DSL.using(connection, SQLDialect.DEFAULT);
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
    office.close();
  }

  @Test
  void aBoundLimitReachesTheService() {
    assertThat(sql.select(ID).from(TASKS).limit(3).fetch(ID)).isEqualTo(office.ids().subList(0, 3));
    assertThat(office.asked()).hasSize(3);
    assertThat(sql.select(ID).from(TASKS).limit(2L).offset(1L).fetch(ID))
        .isEqualTo(office.ids().subList(1, 3));
    assertThat(office.asked()).hasSize(3);
  }

  @Test
  void valuesAreTyped() {
    HandingerTask task = office.tasks().get(5);
    LocalDateTime created = LocalDateTime.ofInstant(task.createdAt(), ZoneOffset.UTC);
    Record row =
        sql.select(CREDITS, CREATED_AT)
            .from(TASKS)
            .where(ID.eq(task.id()))
            .and(CREATED_AT.ge(created))
            .fetchSingle();
    assertThat(row.get(CREDITS)).isEqualTo(task.credits());
    assertThat(row.get(CREATED_AT)).isEqualTo(created);
    assertThat(office.asked()).containsExactly(Office.read(task));
  }

  @Test
  void groupsAreRight() {
    var expected =
        office.tasks().stream()
            .collect(
                Collectors.groupingBy(
                    HandingerTask::workerId,
                    Collectors.mapping(
                        task -> BigDecimal.valueOf(task.credits()),
                        Collectors.reducing(BigDecimal.ZERO, BigDecimal::add))));
    Field<BigDecimal> total = sum(CREDITS).as("total");
    assertThat(
            sql.select(WORKER_ID, total)
                .from(TASKS)
                .groupBy(WORKER_ID)
                .having(count().gt(0))
                .orderBy(total.desc())
                .fetchMap(WORKER_ID, total))
        .isEqualTo(expected);
    assertThat(office.asked()).containsExactlyInAnyOrderElementsOf(office.readsOfAll());
  }

  @Test
  void columnsOfPlainSqlHaveTheirNames() {
    var rows =
        sql.fetch(
            "SELECT worker_id, SUM(credits), MIN(id) AS \"first\" FROM tasks GROUP BY worker_id");
    assertThat(rows.fields())
        .extracting(Field::getName)
        .containsExactly("worker_id", "SUM(credits)", "first");
    assertThat(rows.getValues("SUM(credits)", BigDecimal.class)).allMatch(sum -> sum.signum() > 0);
  }

  /** The dialect of plain SQL writes RETURNING; others ask the driver for the keys. */
  @Test
  void anInsertReturnsItsKey() {
    String id =
        DSL.using(connection, SQLDialect.HSQLDB)
            .insertInto(TASKS, WORKER_ID, INPUT)
            .values(Office.WORKER, "Will it rain in 東京?")
            .returningResult(ID)
            .fetchSingle()
            .value1();
    assertThat(office.asked()).startsWith("POST /api/tasks");
    assertThat(office.service().task(id).orElseThrow().turns().get(0).input())
        .isEqualTo("Will it rain in 東京?");
  }

  /** Both ways: RETURNING in the text, and the columns asked of the driver by their names. */
  @Test
  void insertsReturnTheirAnswers() {
    Field<String> answer = field(name("output_text"), SQLDataType.VARCHAR);
    for (SQLDialect dialect : new SQLDialect[] {SQLDialect.DEFAULT, SQLDialect.HSQLDB}) {
      Record row =
          DSL.using(connection, dialect)
              .insertInto(TASKS, WORKER_ID, INPUT)
              .values(Office.WORKER, "Rain?")
              .returningResult(ID, answer)
              .fetchSingle();
      assertThat(row.get(ID)).as(dialect.name()).startsWith("tsk_");
      assertThat(row.get(answer)).isEqualTo("Done: Rain?");
      assertThat(office.asked()).as(dialect.name()).containsExactly("POST /api/tasks");
    }
  }

  @Test
  void theCatalogIsReadWithoutARequest() {
    Table<?> tasks =
        sql.meta().getSchemas("handinger").get(0).getTables().stream()
            .filter(table -> table.getName().equals("tasks"))
            .findFirst()
            .orElseThrow();
    assertThat(tasks.getPrimaryKey().getFields()).extracting(Field::getName).containsExactly("id");
    assertThat(tasks.field("created_at").getType()).isEqualTo(Timestamp.class);
    assertThat(tasks.field("credits").getType()).isEqualTo(Long.class);
    Table<?> turns = sql.meta().getTables(name("handinger", "turns")).get(0);
    assertThat(turns.getReferencesTo(tasks))
        .singleElement()
        .satisfies(
            key ->
                assertThat(key.getFields()).extracting(Field::getName).containsExactly("task_id"));
    assertThat(office.asked()).isEmpty();
  }
}
