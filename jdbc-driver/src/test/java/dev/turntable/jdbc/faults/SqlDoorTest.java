package dev.turntable.jdbc.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From SQL nobody reaches files, other hosts, classes or the JVM. */
class SqlDoorTest {
  /** A class whose loading somebody would notice. */
  public static final class Trap {
    static {
      Flag.SPRUNG.set(true);
    }

    /** Would be called by a function of SQL. */
    public static String spring(String text) {
      return text;
    }
  }

  private static final class Flag {
    static final AtomicBoolean SPRUNG = new AtomicBoolean();
  }

  private static final String TRAP = "dev.turntable.jdbc.faults.SqlDoorTest$Trap";

  @TempDir private Path directory;
  private Connection connection;

  @BeforeEach
  void open() throws SQLException {
    connection = DriverManager.getConnection("jdbc:turntable:demo");
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Files and hosts, by the functions of Calcite and of other systems.
        "SELECT EXTRACTVALUE('<a>1</a>', '/a')",
        "SELECT EXTRACT_XML('<a/>', '/a')",
        "SELECT XMLTRANSFORM('<a/>', '<b/>')",
        "SELECT EXISTSNODE('<a/>', '/a')",
        "SELECT \"EXTRACT\"('<a/>', '/a')",
        "SELECT ST_GEOMFROMGML('<a/>')",
        "SELECT ST_ASGML(NULL)",
        "SELECT PARSE_URL('http://x.invalid/a', 'HOST')",
        "SELECT URL_ENCODE('a')",
        "SELECT LOAD_FILE('FILE')",
        "SELECT PG_READ_FILE('FILE')",
        "SELECT LO_IMPORT('FILE')",
        "SELECT FILE_READ('FILE')",
        "SELECT READFILE('FILE')",
        "SELECT * FROM read_csv('FILE')",
        "SELECT * FROM 'FILE'",
        "SELECT * FROM \"FILE\"",
        "SELECT * FROM TABLE(csvread('FILE'))",
        "SELECT * FROM TABLE(\"TRAP\"('x'))",
        "LOAD DATA INFILE 'FILE' INTO TABLE tasks",
        "COPY tasks FROM 'FILE'",
        "COPY tasks TO PROGRAM 'touch FILE'",
        "SELECT title INTO OUTFILE 'FILE' FROM tasks",
        "ATTACH 'FILE' AS x",
        "RUNSCRIPT FROM 'FILE'",
        // Classes and the JVM.
        "CREATE FUNCTION f AS 'TRAP'",
        "CREATE OR REPLACE FUNCTION f AS 'TRAP' USING JAR 'FILE'",
        "CREATE ALIAS f FOR \"TRAP.spring\"",
        "CREATE FOREIGN SCHEMA s TYPE 'jdbc' OPTIONS (jdbcUrl 'jdbc:x:y')",
        "CREATE FOREIGN SCHEMA s LIBRARY 'TRAP'",
        "CREATE TYPE t AS (a VARCHAR)",
        "CREATE VIEW v AS SELECT 1",
        "CREATE TABLE t (a INT)",
        "CREATE TRIGGER t BEFORE INSERT ON tasks CALL \"TRAP\"",
        "DROP TABLE tasks",
        "SELECT NEW TRAP('x')",
        "SELECT NEW java.io.File('FILE')",
        "SELECT \"TRAP\".spring('x')",
        "SELECT java.lang.System.exit(1)",
        "SELECT CAST('x' AS TRAP)",
        "CALL TRAP.spring('x')",
        "CALL sys_exec('touch FILE')",
        "ALTER SYSTEM SET typeSystem = 'TRAP'",
        "ALTER SESSION SET parserFactory = 'TRAP'",
        "{call TRAP.spring('x')}",
        "SELECT CURRENT_SETTING('data_directory')",
        "SELECT SYSTEM_PROPERTY('user.home')",
        "SELECT GETENV('HOME')",
        "SELECT SLEEP(1)",
        "SELECT PG_SLEEP(1)",
        "SHUTDOWN",
        "DESCRIBE DATABASE x",
        "EXPLAIN ANALYZE COPY tasks FROM 'FILE'",
        "SELECT 1; COPY tasks FROM 'FILE'"
      })
  void isRefused(String template) throws Exception {
    Path file = Files.writeString(directory.resolve("secret.csv"), "a\n1\n");
    String sql = template.replace("FILE", file.toString()).replace("TRAP", TRAP);
    try (Statement statement = connection.createStatement()) {
      SQLException failure = null;
      try {
        statement.execute(sql);
      } catch (SQLException e) {
        failure = e;
      }
      assertThat((Throwable) failure).as(sql).isNotNull();
      assertThat(failure.getSQLState()).as(failure.getMessage()).matches("42...|0A000|22023");
    }
    assertThat(Flag.SPRUNG).isFalse();
    assertThat(Files.readString(file)).isEqualTo("a\n1\n");
  }

  /** Commands that tools send are accepted, and set nothing. */
  @Test
  void settingsAreNotReached() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET typeSystem = '" + TRAP + "'");
      statement.execute("SET schemaFactory TO '" + TRAP + "'");
      try (ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM tasks")) {
        assertThat(rows.next()).isTrue();
      }
    }
    assertThat(Flag.SPRUNG).isFalse();
  }

  @Test
  void nothingTellsOfTheMachine() throws SQLException {
    String user = System.getProperty("user.name");
    for (String function : new String[] {"USER", "CURRENT_USER", "SESSION_USER", "SYSTEM_USER"}) {
      try (Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("SELECT " + function)) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getString(1)).as(function).isNotEqualTo(user);
      } catch (SQLException e) {
        assertThat(e.getSQLState()).as(function).matches("42...|0A000");
      }
    }
  }
}
